"""The states of requests, offers and deployments, and the moves between them. One screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle


class RequestKind(models.TextChoices):
    MAJOR_INCIDENT = "major_incident", _("Major incident")
    NATIONAL_EVENT = "national_event", _("National event")
    WELLBEING_VAN = "wellbeing_van", _("Wellbeing Van outreach")
    FORCE_VISIT = "force_visit", _("Visit to a force")
    TRAINING = "training", _("Training")


class Tier(models.IntegerChoices):
    LOCAL = 1, _("Tier 1, local")
    REGIONAL = 2, _("Tier 2, regional")
    NATIONAL = 3, _("Tier 3, national")


class RequestStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("New")
    TRIAGED = "triaged", _("Triaged")
    SOURCING = "sourcing", _("Sourcing")
    FILLED = "filled", _("Filled")
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    CLOSED = "closed", _("Closed")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    STOOD_DOWN = "stood_down", _("Stood down")


R = RequestStatus
REQUEST = Lifecycle(
    "request",
    {
        R.DRAFT: (R.SUBMITTED, R.CANCELLED),
        R.SUBMITTED: (R.TRIAGED, R.DECLINED, R.CANCELLED),
        R.TRIAGED: (R.SOURCING, R.DECLINED, R.CANCELLED, R.STOOD_DOWN),
        # A filled request is short again when a team is stood down; a team may check in before all places are filled.
        R.SOURCING: (R.FILLED, R.ACTIVE, R.CANCELLED, R.STOOD_DOWN),
        R.FILLED: (R.ACTIVE, R.SOURCING, R.CANCELLED, R.STOOD_DOWN),
        R.ACTIVE: (R.COMPLETED, R.STOOD_DOWN),
        R.COMPLETED: (R.CLOSED, R.ACTIVE),
    },
)
OPEN_REQUESTS = (R.SUBMITTED, R.TRIAGED, R.SOURCING, R.FILLED, R.ACTIVE, R.COMPLETED)
TAKES_OFFERS = (R.TRIAGED, R.SOURCING, R.ACTIVE)
# As long as nobody has gone, a request may be cancelled; afterwards it is stood down.
CANCELLABLE = tuple(state for state, moves in REQUEST.moves.items() if R.CANCELLED in moves)
# As long as somebody may still come, its date and place can be corrected.
MOVABLE = (R.SUBMITTED, R.TRIAGED, R.SOURCING, R.FILLED, R.ACTIVE)
# Triaged, and neither its end nor its last check-out has come.
WORKED_ON = (R.TRIAGED, R.SOURCING, R.FILLED, R.ACTIVE)
ENDED_EARLY = (R.CANCELLED, R.STOOD_DOWN)


class OfferStatus(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for answers")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


O = OfferStatus  # noqa: E741
OFFER = Lifecycle(
    "offer",
    {
        O.PROPOSED: (O.CONFIRMED, O.DECLINED, O.LAPSED, O.WITHDRAWN),
        # A no always stands, also after a yes that was taken down wrongly by telephone.
        O.CONFIRMED: (O.DECLINED, O.WITHDRAWN),
        # A yes that was given by telephone in time counts, also where it is typed later; a handler's no at any time.
        O.LAPSED: (O.PROPOSED, O.DECLINED),
    },
)
OFFER_OPEN = (O.PROPOSED, O.CONFIRMED)


class Side(models.TextChoices):
    LEAD = "lead", _("the force")
    HANDLER = "handler", _("the handler")


class DeploymentStatus(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    ON_SCENE = "on_scene", _("On scene")
    COMPLETED = "completed", _("Completed")
    DEBRIEFED = "debriefed", _("Debriefed")
    STOOD_DOWN = "stood_down", _("Stood down")
    DID_NOT_ATTEND = "did_not_attend", _("Did not attend")


D = DeploymentStatus
DEPLOYMENT = Lifecycle(
    "deployment",
    {
        D.SCHEDULED: (D.ON_SCENE, D.STOOD_DOWN, D.DID_NOT_ATTEND),
        D.ON_SCENE: (D.COMPLETED, D.STOOD_DOWN),
        D.COMPLETED: (D.DEBRIEFED,),
    },
)
# The verb of the record that says so; what the prompt says is its handler's alone.
AFTERCARE_SENT = "aftercare sent"
DEPLOYMENT_OVER = (D.DEBRIEFED, D.STOOD_DOWN, D.DID_NOT_ATTEND)


class ClaimStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for the lead")
    RETURNED = "returned", _("Sent back")
    APPROVED = "approved", _("Approved")
    SETTLED = "settled", _("Settled")


C = ClaimStatus
CLAIM = Lifecycle(
    "claim",
    {
        C.DRAFT: (C.SUBMITTED,),
        C.SUBMITTED: (C.APPROVED, C.RETURNED),
        C.RETURNED: (C.SUBMITTED,),
        C.APPROVED: (C.SETTLED,),
    },
)
CLAIM_OPEN = (C.DRAFT, C.RETURNED)
# What a host may know of a claim: that it is owed.
CLAIM_OWED = (C.APPROVED, C.SETTLED)


class ExpenseKind(models.TextChoices):
    MILEAGE = "mileage", _("Mileage")
    OVERNIGHT = "overnight", _("Overnight stay")
    EQUIPMENT = "equipment", _("Equipment")
