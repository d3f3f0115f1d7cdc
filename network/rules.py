"""The network's numbers, and what membership needs. Pure: values in, sentences out."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

# Days before a thing lapses on which its keeper is reminded; then weekly after the day (domain.md, Numbers).
REMINDER_DAYS = (90, 60, 30, 14, 7, 1, 0)
LEAD_REMINDED_FROM = 30
COORDINATORS_REMINDED_FROM = 7


@dataclass(frozen=True)
class Limits:
    """The network's numbers (domain.md, Numbers). A coordinator can change them; these are the defaults.

    Mileage is HMRC's approved mileage allowance for a car or van, first 10,000 business miles of the tax year
    (gov.uk, Travel: mileage and fuel rates and allowances).
    """

    min_age_months: int = 12
    min_age_months_major: int = 18
    together_months: int = 9
    contact_minutes_a_day: int = 120
    sessions_a_week: int = 3
    break_every_minutes: int = 45
    rest_hours_after_event: int = 24
    rest_hours_after_trauma: int = 48
    assessment_months: int = 24
    certificate_months: int = 36
    welfare_visit_months: int = 12
    vet_check_months: int = 12
    risk_assessment_months: int = 12
    mileage_pence: int = 45
    public_liability_pounds: int = 10_000_000
    offer_hours_major: int = 4
    offer_days_event: int = 5
    travel_stop_hours: int = 2


@dataclass(frozen=True)
class MembershipFacts:
    """What is known of a force that wants to be a member."""

    application_approved_on: date | None
    duties_accepted_on: date | None
    agreement_until: date | None
    has_lead: bool


def what_membership_lacks(facts: MembershipFacts, *, on: date) -> list[str]:
    """Every sentence that stands between a force and membership on that day; empty when nothing does."""
    lacks = []
    if facts.application_approved_on is None:
        lacks.append(_("Its application has not been approved."))
    if facts.duties_accepted_on is None:
        lacks.append(_("It has not accepted its duties on operating procedures and risk assessments."))
    if facts.agreement_until is None or facts.agreement_until < on:
        lacks.append(_("It has no agreement that is active today."))
    if not facts.has_lead:
        lacks.append(_("It has no wellbeing lead who can sign in."))
    return lacks
