"""The tables of this app, by noun."""

from dogs.models.dogs import Commitment, Document, Dog, Incident, SessionLog, Signpost, Team, of_own_dog, whose_page
from dogs.models.profiles import Answer, Draft, PartConsent, Photo, Profile, Question
from dogs.models.public import DailySalt, Kudos, Paw, SearchWord
from dogs.models.welfare import WelfareVisit

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
    "Signpost",
    "Team",
    "WelfareVisit",
    "of_own_dog",
    "whose_page",
]
