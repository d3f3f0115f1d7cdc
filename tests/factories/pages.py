"""Texts, news and enquiries."""

from datetime import datetime
from uuid import uuid4

from accounts.models import User
from pages.actions.enquiries import send_enquiry
from pages.actions.texts import add_first_text, publish_text, write_text
from pages.inputs import NewEnquiry, Placing, Words
from pages.models import Enquiry, Text
from pages.states import Audience, Group, Kind

PAGES = ("dogs", "network", "join", "contact", "accessibility", "privacy", "cookies")


def words(title: str = "The dogs", body: str = "They *listen*.", *, title_cy: str = "", body_cy: str = "") -> Words:
    return Words(title, body, title_cy, body_cy)


def make_page(slug: str, now: datetime, of: Words | None = None) -> Text:
    """One of the site's pages, as `load_texts` brings them: published, in its first version."""
    add_first_text(kind=Kind.PAGE, slug=slug, words=of or words(slug.capitalize()), placing=Placing(), now=now)
    return Text.objects.get(kind=Kind.PAGE, slug=slug)


def make_pages(now: datetime) -> None:
    for slug in PAGES:
        make_page(slug, now)


def make_answer(by: User, now: datetime, of: Words | None = None, *, published: bool = True, place: int = 10) -> Text:
    placing = Placing(group=Group.VISITS, place=place)
    text = write_text(kind=Kind.QUESTION, words=of or words("Allergies?"), placing=placing, by=by, now=now)
    return publish_text(text=text, by=by, now=now) if published else text


def make_news(
    by: User, now: datetime, of: Words | None = None, *, published: bool = True, audience: str = Audience.PUBLIC
) -> Text:
    placing = Placing(audience=audience)
    text = write_text(kind=Kind.NEWS, words=of or words("A new team"), placing=placing, by=by, now=now)
    return publish_text(text=text, by=by, now=now) if published else text


def make_enquiry(now: datetime, **changes: object) -> Enquiry:
    typed = {
        "kind": "scheme", "name": "Sam Sample", "organisation": None, "organisation_name": "Anywhere Rescue",
        "email": "sam@anywhere.example", "telephone": "07700 900456", "wish": "We have a spaniel.", "language": "en-gb",
    } | changes  # fmt: skip
    return send_enquiry(new=NewEnquiry(**typed), key=uuid4(), by=None, now=now)  # type: ignore[arg-type]
