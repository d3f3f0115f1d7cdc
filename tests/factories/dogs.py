"""Teams that are clear for everything, to take one thing away from in a test."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import Force, User
from dogs.models import Document, Dog, Team
from dogs.states import REQUIRED_OF_DOG
from network.models import Handler


def make_document(
    force: Force, kind: str, *, by: User, until: date, dog: Dog | None = None, status: str = "verified"
) -> Document:
    made = new_document(force, kind, by=by, until=until, dog=dog, status=status)
    made.save(force_insert=True)
    return made


def new_document(
    force: Force, kind: str, *, by: User, until: date, dog: Dog | None = None, status: str = "verified"
) -> Document:
    """Not saved yet."""
    decided = {} if status == "submitted" else {"decided_at": timezone.now(), "decided_by": by}
    cover = {"cover_pounds": 10_000_000, "covers_workplace": True} if kind == "public_liability" else {}
    return Document(
        force=force,
        dog=dog,
        kind=kind,
        status=status,
        issued_on=min(until - timedelta(days=365), localdate() - timedelta(days=1)),
        expires_on=until,
        submitted_at=timezone.now(),
        submitted_by=by,
        **decided,
        **cover,
    )


def make_dog(force: Force, name: str = "Bramble", *, born_on: date = date(2021, 3, 1)) -> Dog:
    return Dog.objects.create(
        force=force, name=name, status="accredited", breed="Labrador", coat="chocolate", sex="f", born_on=born_on
    )


def make_team(force: Force, handler: Handler, *, by: User, until: date, name: str = "Bramble") -> Team:
    """A clear team: accredited dog, assessment, every document of the dog. The force's own are the caller's."""
    dog = make_dog(force, name)
    Document.objects.bulk_create([new_document(force, kind, by=by, until=until, dog=dog) for kind in REQUIRED_OF_DOG])
    return Team.objects.create(
        force=force,
        dog=dog,
        handler=handler,
        handler_user=handler.handler_user,
        since_on=date(2022, 1, 1),
        base_town=force.hq_town,
        lat=force.lat,
        lng=force.lng,
        assessed_on=until - timedelta(days=700),
        assessed_until=until,
    )
