"""The tables of this app, by noun."""

from dogs.models.dogs import Commitment, Document, Dog, Incident, SessionLog, Team, of_own_dog
from dogs.models.profiles import Answer, Draft, PartConsent, Photo, Profile, Question

__all__ = [
    "Answer",
    "Commitment",
    "Document",
    "Dog",
    "Draft",
    "Incident",
    "PartConsent",
    "Photo",
    "Profile",
    "Question",
    "SessionLog",
    "Team",
    "of_own_dog",
]
