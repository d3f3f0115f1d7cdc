"""Public pages of the invented dogs: written, agreed to, published, and a few taken down again."""

from datetime import datetime

from dogs.actions.profiles import give_consent, publish_profile, unpublish_profile, withdraw_consent, write_profile
from portal.demo.cast import Demo
from portal.demo.stories import Storyteller
from portal.demo.teams import NOT_YET, Pair


def invent_pages(demo: Demo, pairs: list[Pair]) -> None:
    """Two dogs in three have a page. Every tenth has only got as far as consent, or lost it again."""
    teller, tributes = Storyteller(demo.random), 0
    for number, pair in enumerate(pairs):
        if pair.trouble in NOT_YET or (number % 3 == 2 and pair.trouble not in ("died", "retired")):
            continue
        first = pair.handler.first_name
        if pair.trouble == "died":
            story, tributes = teller.tribute(pair.dog.name, first, tributes), tributes + 1
        else:
            story = teller.story(pair.dog.name, first)
        written = demo.at(demo.random.randint(45, 58))
        profile = write_profile(dog=pair.dog, story=story, by=pair.user, now=written)
        if number % 30 == 1:
            continue
        profile = give_consent(profile=profile, by=pair.user, now=_later(demo, 44))
        if number % 30 == 4:
            continue
        profile = publish_profile(profile=profile, by=demo.coordinator(), now=_later(demo, 42))
        if number % 30 == 16:
            withdraw_consent(profile=profile, by=pair.user, now=_later(demo, 20))
        elif number % 60 == 22:
            unpublish_profile(profile=profile, by=pair.member.lead, now=_later(demo, 20), why="A better picture first.")


def _later(demo: Demo, days_ago: int) -> datetime:
    return demo.at(days_ago)
