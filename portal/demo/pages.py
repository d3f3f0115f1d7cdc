"""Public pages of the invented dogs: at every stage from the first draft to the tribute, and a few taken down again."""

from datetime import datetime

from dogs.actions.consents import choose_parts, give_consent, withdraw_consent
from dogs.actions.profiles import (
    approve_profile,
    publish_profile,
    send_back_profile,
    send_profile,
    unpublish_profile,
    write_profile,
)
from dogs.models import Profile, Question
from dogs.states import Part
from dogs.stories import Story
from portal.demo.cast import Demo
from portal.demo.photos import add_photos
from portal.demo.stories import Storyteller
from portal.demo.teams import NOT_YET, Pair


def invent_pages(demo: Demo, pairs: list[Pair]) -> None:
    """Two dogs in three have a page. Every tenth has only got as far as consent, or lost it again."""
    teller, tributes, photographed = Storyteller(demo.random, _questions()), 0, 0
    for number, pair in enumerate(pairs):
        if pair.trouble in NOT_YET or (number % 3 == 2 and pair.trouble not in ("died", "retired")):
            continue
        first = pair.handler.first_name
        if pair.trouble == "died":
            story, tributes = teller.tribute(pair.dog.name, first, tributes), tributes + 1
        else:
            story = teller.story(pair.dog.name, first, range(pair.team.since_on.year, demo.today.year + 1))
        profile = write_profile(dog=pair.dog, story=story, by=pair.user, now=demo.at(demo.random.randint(48, 58)))
        if number % 30 == 1:
            continue
        profile = give_consent(profile=profile, by=pair.user, now=_later(demo, 46))
        if photographed < 3 and not pair.trouble:
            photographed += 1
            add_photos(profile, photographed, by=pair.user, now=_later(demo, 46))
        if not _judged(demo, pair, profile, number):
            continue
        profile = publish_profile(profile=profile, by=demo.coordinator(), now=_later(demo, 42))
        _afterwards(demo, pair, profile, number, story)


def _questions() -> tuple[str, str, str]:
    treat, trick, nap = (str(question.uuid) for question in Question.objects.order_by("position", "pk")[:3])
    return treat, trick, nap


def _judged(demo: Demo, pair: Pair, profile: Profile, number: int) -> bool:
    """Sent, then approved; some wait for the lead or for a coordinator, and one in thirty was sent back."""
    send_profile(profile=profile, by=pair.user, now=_later(demo, 45))
    if number % 30 == 13:
        return False
    if number % 30 == 4:
        why = "Lovely. Leave out the name of the pub, and it can go."
        send_back_profile(profile=profile, reason=why, by=pair.member.lead, now=_later(demo, 44))
        return False
    approve_profile(profile=profile, by=pair.member.lead, now=_later(demo, 43))
    return number % 30 != 19


def _afterwards(demo: Demo, pair: Pair, profile: Profile, number: int, story: Story) -> None:
    if number % 30 == 16:
        withdraw_consent(profile=profile, by=pair.user, now=_later(demo, 20))
    elif number % 60 == 22:
        unpublish_profile(profile=profile, by=pair.member.lead, now=_later(demo, 20), why="A better picture first.")
    elif number % 30 == 7:
        parts = [part for part in Part if part not in (Part.HANDLER, Part.PLACE)]
        choose_parts(profile=profile, parts=parts, by=pair.user, now=_later(demo, 12))
    elif number % 30 == 10:
        more = Story(f"{story.story}\n\nNow also: the best sleeper of the late shift.", story.answers, story.good_with)
        write_profile(dog=pair.dog, story=more, by=pair.user, now=_later(demo, 3))


def _later(demo: Demo, days_ago: int) -> datetime:
    return demo.at(days_ago)
