"""What an outcome must say, and how long a pass holds. Pure: values in, days and sentences out."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from assessments.states import DECISIONS, AssessmentStatus
from core.lifecycle import Refused
from dogs.states import Restriction

MAX_RETEST_WEEKS = 52


@dataclass(frozen=True)
class Outcome:
    """What an assessor decided. Restrictions go with a restricted pass, weeks with a referral, findings with a no."""

    result: str
    restrictions: tuple[str, ...] = ()
    retest_weeks: int | None = None
    findings: str = ""


def check_outcome(outcome: Outcome) -> None:
    """Raise `Refused` unless the outcome says all that its result needs, and nothing that contradicts it."""
    if outcome.result not in DECISIONS:
        raise Refused(_("Choose the result of the assessment."), field="result")
    if set(outcome.restrictions) - set(Restriction.values):
        raise Refused(_("Choose restrictions from the list."), field="restrictions")
    restricted = outcome.result == AssessmentStatus.PASSED_RESTRICTED
    if restricted and not outcome.restrictions:
        raise Refused(_("Choose at least one restriction, or record a pass without any."), field="restrictions")
    if outcome.restrictions and not restricted:
        raise Refused(_("Restrictions go only with a pass with restrictions."), field="restrictions")
    if outcome.result == AssessmentStatus.REFERRED and not 1 <= (outcome.retest_weeks or 0) <= MAX_RETEST_WEEKS:
        raise Refused(_("Enter after how many weeks they may try again, from 1 to 52."), field="retest_weeks")
    if outcome.result in (AssessmentStatus.REFERRED, AssessmentStatus.FAILED) and not outcome.findings.strip():
        raise Refused(_("Write what was found: the handler needs to know what to work on."), field="findings")


def retest_from(referred_on: date, weeks: int) -> date:
    """The first day on which a referred team may be assessed again."""
    return referred_on + timedelta(weeks=weeks)
