"""The three questions that the page had become the first rows, and each page's words its first draft and answers.

Who had agreed to the page had agreed to all that stood on it; photos and awards did not, so nobody agreed to them.
"""

from typing import Any

from django.db import migrations
from django.utils import timezone

QUESTIONS = (
    ("favourite_treat", "Favourite treat", "Hoff ddanteithyn"),
    ("best_trick", "Best trick", "Tric gorau"),
    ("nap_place", "Nap place", "Lle i gysgu"),
)
AGREED = ["story", "answers", "handler", "place", "since", "good_to_know", "tribute"]


def add_questions(apps: Any, schema_editor: Any) -> None:
    Question = apps.get_model("dogs", "Question")
    for position, (_column, text, text_cy) in enumerate(QUESTIONS, start=1):
        Question.objects.get_or_create(text=text, defaults={"text_cy": text_cy, "position": position * 10})


def move_answers(apps: Any, schema_editor: Any) -> None:
    add_questions(apps, schema_editor)
    questions = {question.text: question for question in apps.get_model("dogs", "Question").objects.all()}
    asked = [(column, questions[text]) for column, text, _cy in QUESTIONS]
    for profile in apps.get_model("dogs", "Profile").objects.select_related("dog").order_by("pk").iterator():
        agreed = profile.consent == "given"
        words = _words(profile, asked)
        _keep_draft(apps, profile, words)
        if agreed:
            _agree(apps, profile)
            _answer(apps, profile, asked)
        else:
            profile.story, profile.good_with = "", []
            profile.handler_first_name = profile.handler_role = ""
            profile.since_on = None
        profile.is_tribute = profile.is_tribute or profile.until_on is not None
        profile.has_died = profile.dog.status == "died"
        profile.parts = AGREED if agreed else []
        profile.save()


def _words(profile: Any, asked: list[tuple[str, Any]]) -> dict[str, Any]:
    answers = {str(question.uuid): getattr(profile, column) for column, question in asked if getattr(profile, column)}
    return {
        "story": profile.story,
        "answers": answers,
        "good_with": profile.good_with,
        "awards": [],
        "language": "en-gb",
    }


def _keep_draft(apps: Any, profile: Any, words: dict[str, Any]) -> None:
    """What was published is published; what never was, or was taken down, is written on."""
    shown = profile.published_at is not None
    apps.get_model("dogs", "Draft").objects.create(
        force_id=profile.force_id,
        profile=profile,
        status="published" if shown else "writing",
        words=words,
        shown_words=words if shown or profile.consent == "given" else None,
        moved_at=profile.published_at or profile.consent_at or timezone.now(),
        moved_by_id=profile.published_by_id,
    )


def _agree(apps: Any, profile: Any) -> None:
    consents = apps.get_model("dogs", "PartConsent").objects
    for part in AGREED:
        consents.create(
            force_id=profile.force_id,
            profile=profile,
            part=part,
            given_at=profile.consent_at,
            given_by_id=profile.consent_by_id,
        )


def _answer(apps: Any, profile: Any, asked: list[tuple[str, Any]]) -> None:
    for column, question in asked:
        if getattr(profile, column):
            apps.get_model("dogs", "Answer").objects.create(
                force_id=profile.force_id, profile=profile, question=question, words=getattr(profile, column)
            )


def move_back(apps: Any, schema_editor: Any) -> None:
    """The words as they were last shown, or as far as they were written, return to the page's own columns."""
    questions = {question.text: str(question.uuid) for question in apps.get_model("dogs", "Question").objects.all()}
    for draft in apps.get_model("dogs", "Draft").objects.select_related("profile__dog").order_by("pk").iterator():
        profile, words = draft.profile, draft.shown_words or draft.words
        profile.story, profile.good_with = words.get("story", ""), words.get("good_with", [])
        for column, text, _cy in QUESTIONS:
            setattr(profile, column, words.get("answers", {}).get(questions.get(text, ""), "")[:200])
        profile.parts, profile.is_tribute = [], profile.has_died
        _put_handler_back(profile)
        profile.save()
    for name in ("Answer", "PartConsent", "Draft", "Photo", "Question"):
        apps.get_model("dogs", name).objects.all().delete()


def _put_handler_back(profile: Any) -> None:
    """Who works the dog stood on every page, agreed to or not; it was not shown without consent."""
    teams = profile.dog.teams.select_related("handler").order_by("-is_active", "since_on", "pk")
    if team := teams.first():
        profile.handler_first_name = team.handler.name.split(" ")[0][:40]
        profile.handler_role = team.handler.role_title
        profile.since_on = profile.since_on or team.since_on


class Migration(migrations.Migration):
    dependencies = [("dogs", "0006_faces_walls")]
    operations = [migrations.RunPython(move_answers, move_back)]
