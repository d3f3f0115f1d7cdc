"""Reviewing what was reported: what a coordinator found, and whether the dog works again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from accounts.queries import concerned
from audit.actions import for_the_record, record
from core.lifecycle import Refused
from core.tenancy import network_scope
from dogs import emails
from dogs.actions.dogs import return_dog
from dogs.models import Dog, Incident
from dogs.states import DogStatus, IncidentOutcome


@transaction.atomic
def review_incident(*, incident: Incident, found: str, outcome: str, by: User, now: datetime) -> Incident:
    """Record what a coordinator found; a suspended dog works again or stays suspended. Handler and leads are told.

    One whose dog stayed suspended can be reviewed again, when there is more to know.
    """
    must(by, "network.keep")
    # The house's order is dog, then what is about it: a return to work holds the dog.
    dog = Dog.objects.select_for_update(no_key=True, of=("self",)).get(pk=incident.dog_id)
    incident = (
        Incident.objects.select_for_update(no_key=True, of=("self",)).select_related("force", "dog").get(pk=incident.pk)
    )
    if (incident.found, incident.outcome) == (found, outcome):
        return incident
    _check_review(incident, dog, found=found, outcome=outcome)
    incident.found, incident.outcome = found, outcome
    incident.reviewed_at, incident.reviewed_by = now, by
    incident.save(update_fields=["found", "outcome", "reviewed_at", "reviewed_by"])
    record("reviewed an incident", incident, by=by, now=now, outcome=outcome)
    if outcome == IncidentOutcome.RETURNED:
        with for_the_record():
            why = _("After the review of an incident.")
        return_dog(dog=dog, by=by, now=now, why=why)
    with network_scope(user=by.pk, reason="the dog's handler and leads are told what was found"):
        for recipient in concerned([incident.handler_user_id], incident.force_id):
            emails.incident_reviewed(incident, recipient, now=now)
    return incident


def _check_review(incident: Incident, dog: Dog, *, found: str, outcome: str) -> None:
    if not found.strip():
        raise Refused(_("Say what you found."), field="found")
    if incident.reviewed_at and incident.outcome != IncidentOutcome.KEPT:
        raise Refused(_("This was reviewed already. Somebody may have been quicker."))
    is_suspended = dog.status == DogStatus.SUSPENDED
    if outcome == IncidentOutcome.NOTED and is_suspended:
        raise Refused(_("%s is suspended: say whether it goes back to work.") % dog, field="outcome")
    if outcome in (IncidentOutcome.RETURNED, IncidentOutcome.KEPT) and not is_suspended:
        raise Refused(_("%s is not suspended now. Choose that there is nothing more to do.") % dog, field="outcome")
