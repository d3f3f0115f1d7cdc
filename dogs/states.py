"""The states and kinds of dogs, documents, commitments and incidents."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle
from network.states import EVIDENCE_MOVES


class DogStatus(models.TextChoices):
    PROSPECTIVE = "prospective", _("Prospective")
    ACCREDITED = "accredited", _("Accredited")
    RESTING = "resting", _("Resting")
    RESTRICTED = "restricted", _("Restricted")
    SUSPENDED = "suspended", _("Suspended")
    RETIRED = "retired", _("Retired")
    DIED = "died", _("Died")


_AWAY = (DogStatus.RESTING, DogStatus.RESTRICTED, DogStatus.SUSPENDED)
# Those whose work is over for good.
GONE = (DogStatus.RETIRED, DogStatus.DIED)
# Any working dog can be suspended at once: a bite does not wait for a rest to end.
DOG = Lifecycle(
    "dog",
    {
        DogStatus.PROSPECTIVE: (DogStatus.ACCREDITED, DogStatus.SUSPENDED, *GONE),
        DogStatus.ACCREDITED: (*_AWAY, *GONE),
        DogStatus.RESTING: (DogStatus.ACCREDITED, DogStatus.SUSPENDED, *GONE),
        DogStatus.RESTRICTED: (DogStatus.ACCREDITED, DogStatus.SUSPENDED, *GONE),
        DogStatus.SUSPENDED: (DogStatus.ACCREDITED, *GONE),
        DogStatus.RETIRED: (DogStatus.DIED,),
    },
)


class Restriction(models.TextChoices):
    """What an assessment may restrict, and what a request may bring (domain.md, Clearance)."""

    CROWDS = "crowds", _("crowds")
    CHILDREN = "children", _("children")
    NOISE = "noise", _("noise")
    OTHER_DOGS = "other_dogs", _("other dogs")
    STAIRS = "stairs", _("stairs")
    LONG_TRAVEL = "long_travel", _("long travel")


class DocumentKind(models.TextChoices):
    PUBLIC_LIABILITY = "public_liability", _("Public liability insurance")
    INSURANCE = "insurance", _("Dog's insurance")
    RISK_ASSESSMENT = "risk_assessment", _("Risk assessment")
    VET_CHECK = "vet_check", _("Vet check")
    VACCINATION = "vaccination", _("Vaccination")
    WELFARE_VISIT = "welfare_visit", _("Welfare visit")
    SOP = "sop", _("Standard operating procedure")


FORCE_DOCUMENTS = (DocumentKind.PUBLIC_LIABILITY, DocumentKind.SOP)
# What a team needs, verified and valid to the last day, before it may go (domain.md, Clearance).
REQUIRED_OF_FORCE = (DocumentKind.PUBLIC_LIABILITY,)
REQUIRED_OF_DOG = (
    DocumentKind.INSURANCE,
    DocumentKind.RISK_ASSESSMENT,
    DocumentKind.VET_CHECK,
    DocumentKind.VACCINATION,
    DocumentKind.WELFARE_VISIT,
)

DOCUMENT = Lifecycle("document", EVIDENCE_MOVES)


class CommitmentKind(models.TextChoices):
    DEPLOYMENT = "deployment", _("Deployment")
    VISIT = "visit", _("Visit in own force")
    LEAVE = "leave", _("Leave")
    SEASON = "season", _("In season")
    REST = "rest", _("Rest")


WORKING_KINDS: tuple[str, ...] = (CommitmentKind.DEPLOYMENT, CommitmentKind.VISIT)


class IncidentKind(models.TextChoices):
    BITE = "bite", _("A bite")
    SCARE = "scare", _("A scare")
    INJURY = "injury", _("An injury")
    ESCAPE = "escape", _("An escape")
    NEAR_MISS = "near_miss", _("A near miss")


class IncidentOutcome(models.TextChoices):
    """What a review comes to. A dog that stays suspended is looked at again later."""

    RETURNED = "returned", _("Back to work")
    KEPT = "kept", _("Stays suspended")
    NOTED = "noted", _("Nothing more to do")


class SupportKind(models.TextChoices):
    """Where a team tells people to find support."""

    OCCUPATIONAL_HEALTH = "occupational_health", _("Occupational health")
    PEER_SUPPORT = "peer_support", _("Peer support")
    EMPLOYEE_ASSISTANCE = "employee_assistance", _("Employee assistance programme")
    GP = "gp", _("Their GP")
    SAMARITANS = "samaritans", _("Samaritans")
    CHAPLAINCY = "chaplaincy", _("Chaplaincy or faith")
    OTHER = "other", _("Something else")


class Consent(models.TextChoices):
    NONE = "none", _("No consent")
    GIVEN = "given", _("Consent given")
    WITHDRAWN = "withdrawn", _("Consent withdrawn")


# Yes, no, and yes again: only never back to 'nobody asked'.
PAGE_CONSENT = Lifecycle(
    "profile",
    {
        Consent.NONE: (Consent.GIVEN,),
        Consent.GIVEN: (Consent.WITHDRAWN,),
        Consent.WITHDRAWN: (Consent.GIVEN,),
    },
)


class Part(models.TextChoices):
    """The parts of a public page that a handler agrees to one by one."""

    STORY = "story", _("The story")
    ANSWERS = "answers", _("What makes the dog tick")
    PHOTOS = "photos", _("The photos")
    HANDLER = "handler", _("Your first name and role")
    PLACE = "place", _("The force, and the place on the map")
    SINCE = "since", _("Since when you have worked together")
    GOOD_TO_KNOW = "good_to_know", _("Good to know")
    AWARDS = "awards", _("Awards")
    TRIBUTE = "tribute", _("A tribute afterwards")


class DraftStatus(models.TextChoices):
    WRITING = "writing", _("Being written")
    SENT = "sent", _("With the lead")
    APPROVED = "approved", _("With the coordinators")
    PUBLISHED = "published", _("Published")


# An edit of what is published goes the same way again, while the public reads the earlier words.
DRAFT = Lifecycle(
    "draft",
    {
        DraftStatus.WRITING: (DraftStatus.SENT,),
        DraftStatus.SENT: (DraftStatus.WRITING, DraftStatus.APPROVED),
        DraftStatus.APPROVED: (DraftStatus.WRITING, DraftStatus.PUBLISHED),
        # Approved once more, unchanged: the page was taken down with the last consent, and there is consent again.
        DraftStatus.PUBLISHED: (DraftStatus.WRITING, DraftStatus.APPROVED),
    },
)


class Language(models.TextChoices):
    ENGLISH = "en-gb", _("English")
    WELSH = "cy", _("Welsh")


class GoodWith(models.TextChoices):
    """What 'Good to know' may say a dog is good with."""

    CHILDREN = "children", _("children")
    CROWDS = "crowds", _("crowds")
    QUIET_ROOMS = "quiet rooms", _("quiet rooms")
    NIGHT_SHIFTS = "night shifts", _("night shifts")
    STAIRS = "stairs", _("stairs")
    OTHER_DOGS = "other dogs", _("other dogs")
    CONTROL_ROOMS = "control rooms", _("control rooms")
    WHEELCHAIRS = "wheelchairs", _("wheelchairs")


class Shape(models.TextChoices):
    """How a photo is cropped, around its middle of interest."""

    AS_TAKEN = "as_taken", _("As it was taken")
    SQUARE = "square", _("Square")
    UPRIGHT = "upright", _("Upright, four by five")
    WIDE = "wide", _("Wide, three by two")


class WelfareStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Sent")


WELFARE = Lifecycle("welfare", {WelfareStatus.DRAFT: (WelfareStatus.SUBMITTED,)})


class WelfareNeed(models.TextChoices):
    """The five needs of an animal: Animal Welfare Act 2006, section 9(2)(a) to (e)."""

    ENVIRONMENT = "environment", _("A suitable environment")
    DIET = "diet", _("A suitable diet")
    BEHAVIOUR = "behaviour", _("To be able to behave normally")
    COMPANY = "company", _("To be housed with, or apart from, other animals")
    HEALTH = "health", _("To be protected from pain, suffering, injury and disease")


class Judgement(models.TextChoices):
    MET = "met", _("Met")
    PARTLY = "partly", _("Partly met")
    NOT_MET = "not_met", _("Not met")


class WelfareFinding(models.TextChoices):
    ACCEPTABLE = "acceptable", _("Acceptable")
    IMPROVE = "improve", _("Something must improve")
    CRITICAL = "critical", _("Critical: the dog stops working now")
