"""Who signs in to the demonstration, and the moments at which they did things."""

import os
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate

from accounts.actions import set_up_demo_second_factor
from accounts.models import Force, Profile, Role, RoleName, User
from core.typed import LONDON
from portal.demo.kennel import Kennel
from portal.demo.people import People


@dataclass
class Demo:
    """What the parts of the invention share: the day, the dice, and the people of the national team."""

    now: datetime
    password: str
    random: Random = field(default_factory=lambda: Random(9))  # noqa: S311  (dice for a story, no secret)

    def __post_init__(self) -> None:
        self.today: date = localdate(self.now)
        self.people = People(self.random)
        self.kennel = Kennel(self.random, self.today)
        self.coordinators: list[User] = []
        self.assessors: list[User] = []

    def day(self, days_ago: int) -> date:
        return self.today - timedelta(days=days_ago)

    def at(self, days_ago: int) -> datetime:
        """A moment of a working day, so many days ago; never later than now."""
        clock = time(self.random.randint(8, 17), self.random.randint(0, 59))
        return min(datetime.combine(self.day(days_ago), clock, tzinfo=LONDON), self.now - timedelta(minutes=5))

    def coordinator(self) -> User:
        return self.random.choice(self.coordinators)

    def join(self, email: str, *roles: tuple[str, Force | None], name: str = "", telephone: str = "") -> User:
        """Somebody who can sign in with the demonstration's password, their address known to be theirs."""
        user = User(email=email, password=self.password, date_joined=self.at(self.random.randint(900, 1300)))
        user.save(force_insert=True)
        profile = Profile(user=user, name=name or self.people.name(), telephone=telephone or self.people.mobile())
        profile.save(force_insert=True)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        for role, force in roles:
            Role.objects.create(user=user, role=role, force=force)
        user.__dict__["known_profile"] = profile  # the trail then names the person, as after a sign-in
        return user

    def appoint(self) -> None:
        """The national team: three coordinators with a second factor, three assessors."""
        for number in ("", "2", "3"):
            self.coordinators.append(self.join(f"coordinator{number}@ok9.example", (RoleName.COORDINATOR, None)))
            self.assessors.append(self.join(f"assessor{number}@ok9.example", (RoleName.ASSESSOR, None)))
        for user in self.coordinators:
            set_up_demo_second_factor(user)


def settle_password() -> tuple[str, bool]:
    """The password of everybody in the demonstration, and whether it was made here.

    It is given, or kept from before in the home folder, or made and kept there for its owner alone.
    """
    given = os.environ.get("OK9_DEMO_PASSWORD")
    if given:
        return given, False
    kept = Path(settings.OK9_HOME) / "demo-password"
    if kept.exists():
        return kept.read_text().strip(), True
    kept.parent.mkdir(parents=True, exist_ok=True)
    made = "-".join(("ok9", *(secrets.token_hex(2) for _ in range(3))))
    with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(made + "\n")
    return made, True


def hashed(password: str) -> str:
    """Hashed once for everybody: two hundred separate hashes would take minutes."""
    return make_password(password)
