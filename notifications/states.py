"""What messages are about, in groups that a person understands, and how each group may reach its reader."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    """How a mail reaches its reader. Whatever is chosen, the message stands in the inbox."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, at seven")
    OFF = "off", _("No mail, inbox only")


class Topic(models.TextChoices):
    SAFETY = "safety", _("Safety, offers and your sign-in")
    REMINDERS = "reminders", _("Reminders of what is about to end")
    WORK = "work", _("How requests and deployments go on")
    PAPERS = "papers", _("Documents and certificates you sent")
    TEAMS = "teams", _("Dogs, teams, handlers and assessments")
    NETWORK = "network", _("Your force’s membership, and who joins")


ABOUT = {
    Topic.SAFETY: _("Incidents, suspensions, stand-downs, offers, confirmed deployments, and word of your sign-in."),
    Topic.REMINDERS: _(
        "Insurance, vet checks, certificates, assessments and agreements, before they end; what you must read."
    ),
    Topic.WORK: _(
        "A request is triaged or filled, a team arrives or leaves, a debrief, a claim or a session is written."
    ),
    Topic.PAPERS: _("A coordinator has verified one, or sent it back."),
    Topic.TEAMS: _("A dog is accredited or rests, a team is formed, an assessment is booked, a profile moves."),
    Topic.NETWORK: _("Membership, agreements, enquiries, people who accept an invitation, what leaves the library."),
}
_ANY = (Delivery.AT_ONCE, Delivery.DAILY, Delivery.OFF)
# Safety can't wait and can't be turned off; a reminder can wait until the morning, but not be turned off.
ALLOWED: dict[str, tuple[Delivery, ...]] = {
    Topic.SAFETY: (Delivery.AT_ONCE,),
    Topic.REMINDERS: (Delivery.AT_ONCE, Delivery.DAILY),
    Topic.WORK: _ANY,
    Topic.PAPERS: _ANY,
    Topic.TEAMS: _ANY,
    Topic.NETWORK: _ANY,
}

MESSAGES: dict[Topic, tuple[str, ...]] = {
    Topic.SAFETY: (
        "accounts/address_confirmation",
        "accounts/invitation",
        "accounts/password_reset",
        "accounts/safety_notice",
        "deployments/aftercare",
        "deployments/answer_recorded",
        "deployments/attendance_recorded",
        "deployments/clear_again",
        "deployments/deployment_confirmed",
        "deployments/deployment_marked_absent",
        "deployments/deployment_stood_down",
        "deployments/follow_up_wanted",
        "deployments/no_longer_clear",
        "deployments/offer_declined",
        "deployments/offer_filled",
        "deployments/offer_lapsed",
        "deployments/offer_reminder",
        "deployments/offer_to_handler",
        "deployments/offer_to_lead",
        "deployments/offer_withdrawn",
        "deployments/request_cancelled",
        "deployments/request_declined",
        "deployments/request_moved",
        "deployments/request_new",
        "deployments/request_receipt",
        "deployments/place_lost",
        "deployments/request_stood_down",
        "deployments/team_not_coming",
        "dogs/incident_reported",
        "dogs/incident_reviewed",
        "dogs/visit_settled",
        "dogs/welfare_visit_sent",
        "pages/enquiry_receipt",
        "portal/daily_digest",
    ),
    Topic.REMINDERS: ("portal/expiry_digest", "resources/must_read", "resources/read_reminder"),
    Topic.WORK: (
        "deployments/claim_answered",
        "deployments/claim_waiting",
        "deployments/debrief_written",
        "deployments/place_taken",
        "deployments/request_closed",
        "deployments/request_completed",
        "deployments/request_filled",
        "deployments/request_triaged",
        "deployments/team_arrived",
        "deployments/team_coming",
        "deployments/team_left",
        "dogs/session_logged",
    ),
    Topic.PAPERS: (
        "dogs/document_rejected",
        "dogs/document_verified",
        "network/certificate_rejected",
        "network/certificate_verified",
    ),
    Topic.TEAMS: (
        "assessments/assessment_moved",
        "dogs/dog_moved",
        "dogs/profile_moved",
        "dogs/profile_to_publish",
        "dogs/team_formed",
        "dogs/time_settled",
        "dogs/team_parted",
        "dogs/welfare_visit_called_off",
        "dogs/welfare_visit_wanted",
        "network/handler_moved",
    ),
    Topic.NETWORK: (
        "accounts/invitation_accepted",
        "network/agreement_moved",
        "network/application_approved",
        "network/membership_moved",
        "pages/enquiry_new",
        "resources/withdrawn",
    ),
}
# A message that is not named here goes at once. A test names those that are missing.
TOPICS: dict[str, Topic] = {message: topic for topic, messages in MESSAGES.items() for message in messages}
# A link that signs its holder in proves that they read the mailbox, so it stands nowhere else; and the daily mail is
# itself a list of what stands in the inbox.
MAIL_ONLY = {"accounts/address_confirmation", "accounts/password_reset", "portal/daily_digest"}
