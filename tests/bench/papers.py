"""PDFs: briefings a second on one core, and a poster, in a process that is warm."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Force
from deployments.documents import briefing_pdf
from deployments.models import Briefing, Deployment, Request
from dogs.models import Team
from promotion.documents import poster
from promotion.states import Size
from tests.bench.figures import Figure
from tests.bench.network_of_size import Network
from tests.bench.timing import many, quantile
from tests.factories.promotion import BISCUIT, wishes

TIMES = 20
MOST = "the layout with the most to draw, in both languages"


def measure(network: Network, found: dict[str, Figure]) -> list[Figure]:
    """Rows that no database holds: what is measured is the making of the paper."""
    now = timezone.now()
    force = Force(name="Northshire Police")
    request = Request(
        reference="OK9-1234",
        force=force,
        kind="national_event",
        place="Sheffield",
        postcode="S1 2HH",
        starts_at=now,
        ends_at=now + timedelta(hours=8),
        setting=["crowds", "stairs"],
        people=120,
        lat=53.4,
        lng=-1.5,
    )
    team = Team(lat=51.5, lng=-0.1)
    deployment = Deployment(
        request=request, force=force, team=team, dog_name="Bramble", handler_name="Hari", status="scheduled"
    )
    briefing = Briefing(
        meeting_point="The side door",
        contact_name="Hope Host",
        contact_telephone="01632 960112",
        expect="People come in small groups. " * 20,
        practical="Park behind the hall. Water is in the kitchen. " * 10,
    )
    times = many(lambda: briefing_pdf(deployment, briefing, now=now), TIMES)
    return [
        Figure("PDF, briefings", 1000 * len(times) / sum(times), "a second a core", target=13, at_least=True),
        Figure("PDF, A4 poster, p50", quantile(_posters(Size.A4), 0.5), "ms", target=150, note=MOST),
        Figure("PNG, square poster, p50", quantile(_posters(Size.SQUARE), 0.5), "ms", target=250, note=MOST),
    ]


def _posters(size: str) -> list[float]:
    """The layout with the most to draw, in both languages."""
    asked = wishes(layout="tiles", language="both", message="Drop in. Sit on the floor. " * 6)
    return many(lambda: poster(BISCUIT, asked, size), TIMES)
