"""The questions of what makes them tick, which coordinators ask of every dog."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from audit.actions import record
from core.lifecycle import Refused
from core.public_pages import renew_public_pages
from dogs.models import Question


@transaction.atomic
def add_question(*, text: str, text_cy: str = "", position: int, by: User, now: datetime) -> Question:
    question = Question(text=text, text_cy=text_cy, position=position)
    _save(question, by=by)
    record("added question", question, by=by, now=now)
    return question


@transaction.atomic
def change_question(
    *, question: Question, text: str, text_cy: str, position: int, is_active: bool, by: User, now: datetime
) -> Question:
    """Other words or another place; or asked no more. Answers stay, and are shown while the question is asked."""
    question = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    before = (question.text, question.text_cy, question.position, question.is_active)
    if before == (text, text_cy, position, is_active):
        return question
    question.text, question.text_cy, question.position, question.is_active = text, text_cy, position, is_active
    _save(question, by=by)
    record("changed question", question, by=by, now=now, before=list(before))
    renew_public_pages()
    return question


def _save(question: Question, *, by: User) -> None:
    must(by, "network.keep")
    try:
        with transaction.atomic():
            question.save()
    except IntegrityError as error:
        raise Refused(_("This question is asked already."), field="text") from error
