"""What the forms hand to the actions."""

from dataclasses import dataclass

from accounts.models import Force


@dataclass(frozen=True)
class Person:
    """What a person says of themselves."""

    name: str
    telephone: str = ""
    texts: bool = True
    language: str = "en-gb"
    shares_telephone: bool = True


@dataclass(frozen=True)
class Invited:
    """To whom an invitation goes, and for what."""

    email: str
    name: str
    role: str
    force: Force | None = None


@dataclass(frozen=True)
class NewForce:
    """An organisation that is not among the reference data. `postcode` is of its headquarters, or the outward part."""

    name: str
    kind: str
    region: str
    country: str
    hq_town: str
    postcode: str
