"""The tables of this app, by noun."""

from dogs.models.dogs import Commitment, Document, Dog, Incident, SessionLog, Team, of_own_dog
from dogs.models.profiles import Answer, Draft, PartConsent, Photo, Profile, Question
from dogs.models.public import DailySalt, Kudos, Paw, SearchWord

__all__ = [
    "Answer",
    "Commitment",
    "DailySalt",
    "Document",
    "Dog",
    "Draft",
    "Incident",
    "Kudos",
    "PartConsent",
    "Paw",
    "Photo",
    "Profile",
    "Question",
    "SearchWord",
    "SessionLog",
    "Team",
    "of_own_dog",
]
