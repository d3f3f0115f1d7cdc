"""Invented news, what the public reads and what is for members only; and enquiries that wait for an answer."""

from pathlib import Path
from uuid import uuid4

from accounts.models import Force
from pages.actions.enquiries import answer_enquiry, send_enquiry
from pages.actions.texts import publish_text, write_text
from pages.files import read_words
from pages.inputs import NewEnquiry, Placing, Words
from pages.states import EnquiryKind, Kind
from portal.demo.cast import Demo

NEWS = Path(__file__).parent / "words" / "news"
DRAFT = Words("Save the date: handlers’ day in spring", "Where and when: to come.")
# How many days ago somebody asked, about what, in which words.
ENQUIRIES = (
    (9, EnquiryKind.JOIN, "We have two dogs who visit our stations. What do they need before others may ask for them?"),
    (3, EnquiryKind.SCHEME, "Our fire service would like to begin with one dog. Her handler is a control operator."),
    (1, EnquiryKind.OTHER, "May we use your posters at our wellbeing week?"),
)


def invent_news(demo: Demo) -> None:
    """A file's name says how many days ago it was published and for whom. One more piece is a draft."""
    for path in sorted(NEWS.glob("*.en.md"), reverse=True):
        days_ago, audience, _name = path.name.split("-", 2)
        by, now = demo.coordinator(), demo.at(int(days_ago))
        text = write_text(kind=Kind.NEWS, words=read_words(path), placing=Placing(audience=audience), by=by, now=now)
        publish_text(text=text, by=by, now=now)
    write_text(kind=Kind.NEWS, words=DRAFT, placing=Placing(), by=demo.coordinator(), now=demo.at(1))


def invent_enquiries(demo: Demo) -> None:
    """Two wait, the oldest has been answered."""
    forces = list(Force.objects.filter(membership=None).order_by("pk"))
    for days_ago, kind, wish in ENQUIRIES:
        name, telephone, force = demo.people.name(), demo.people.mobile(), demo.random.choice(forces)
        address = f"wellbeing@{force.slug}.example"
        new = NewEnquiry(kind, name, force, "", address, telephone, wish, "en-gb")
        enquiry = send_enquiry(new=new, key=uuid4(), by=None, now=demo.at(days_ago))
        if kind == EnquiryKind.JOIN:
            note = "Rang, and sent the list of papers."
            answer_enquiry(enquiry=enquiry, note=note, by=demo.coordinator(), now=demo.at(days_ago - 2))
