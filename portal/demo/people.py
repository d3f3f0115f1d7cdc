"""Invented people: names that could be anybody's in Britain, and telephone numbers that Ofcom keeps for drama."""

from random import Random

from portal.demo import words

FIRST = words("first-names")
LAST = words("last-names")
POLICE_ROLES = (
    "Response officer", "Neighbourhood officer", "Control room supervisor", "Roads policing officer",
    "Custody sergeant", "Peer supporter, control room", "Community support officer", "Detective constable",
    "Wellbeing adviser", "Police volunteer", "Family liaison officer", "Trainer",
)  # fmt: skip
FIRE_ROLES = (
    "Firefighter", "Watch manager", "Control operator", "Fire safety inspector", "Wellbeing adviser", "Crew manager",
    "Service volunteer",
)  # fmt: skip


class People:
    """Gives each person a name that nobody else in the network has, and a number."""

    def __init__(self, random: Random) -> None:
        pairs = [(first, last) for first in FIRST for last in LAST]
        random.shuffle(pairs)
        self._names = iter([f"{first} {last}" for first, last in pairs])
        self._number = 0
        self._random = random

    def name(self) -> str:
        return next(self._names)

    def mobile(self) -> str:
        """07700 900001 to 900989, then round again. The coordinators' own 900999 stays free."""
        self._number += 1
        return f"07700 900{self._number % 990:03d}"

    def role(self, *, fire: bool) -> str:
        return self._random.choice(FIRE_ROLES if fire else POLICE_ROLES)


def duty_telephone(number: int) -> str:
    return f"01632 960{number % 1000:03d}"
