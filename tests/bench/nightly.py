"""The night's scan of everything that lapses, against a loop over the rows."""

from datetime import timedelta

from django.db import transaction

from accounts.models import Role
from core.tenancy import system_scope
from dogs.models import Document, Team
from network.rules import COORDINATORS_REMINDED_FROM, LEAD_REMINDED_FROM
from portal.models import Reminder
from portal.queries import take_lapsing
from portal.rules import crossed
from tests.bench.figures import Figure
from tests.bench.network_of_size import DOCUMENTS_A_TEAM, Network
from tests.bench.timing import many, milliseconds, quantile

LOOP = "night, a loop over the rows"
NIGHT = timedelta(days=1)


def measure(network: Network, found: dict[str, Figure]) -> list[Figure]:
    documents = network.teams * DOCUMENTS_A_TEAM
    rows: list[int] = []
    took = quantile(many(lambda: rows.append(_scan(network)), 3, warm=1), 0.5)
    figures = []
    loop = found.get(LOOP)
    if loop is None:
        loop = Figure(LOOP, milliseconds(lambda: _loop(network)) / documents * 1000, "µs a document")
        figures.append(loop)
    reference = loop.value * documents / 1000
    words = "the loop" if LOOP not in found else "the loop, extrapolated per row"
    name = f"{documents:,} documents"
    full = documents >= 4_000_000
    note = f"{rows[-1]:,} people told"
    return [
        *figures,
        Figure(f"night scan, {name}", took, "ms", target=500 if full else None, note=note),
        Figure(
            f"night scan, gain, {name}",
            reference / took,
            "times",
            target=150 if full else None,
            at_least=True,
            note=words,
        ),
    ]


def _scan(network: Network) -> int:
    """One night's work, then taken back, so that the next run finds the same."""
    with system_scope():
        found = take_lapsing(after=network.today - NIGHT, upto=network.today)
        transaction.set_rollback(True)
    return len(found)


def _loop(network: Network) -> None:
    """What one would write first: each document looked at in turn, and whom it concerns asked for each that is due."""
    with system_scope():
        for document in Document.objects.filter(status="verified").select_related("dog").iterator():
            for threshold in crossed(document.expires_on, after=network.today - NIGHT, upto=network.today):
                for user in _concerned(document, threshold):
                    told = {"user_id": user, "kind": "document", "item_id": document.pk}
                    fixed = {"expires_on": document.expires_on, "threshold": threshold}
                    more = {"reminded_on": network.today}
                    Reminder.objects.get_or_create(**told, **fixed, defaults=more)
        transaction.set_rollback(True)


def _concerned(document: Document, threshold: int) -> list[int]:
    users = list(Team.objects.filter(dog_id=document.dog_id, is_active=True).values_list("handler_user_id", flat=True))
    if threshold <= LEAD_REMINDED_FROM:
        leads = Role.objects.filter(force_id=document.force_id, role__in=["lead", "deputy"])
        users += leads.values_list("user_id", flat=True)
    if threshold <= COORDINATORS_REMINDED_FROM:
        users += Role.objects.filter(role="coordinator").values_list("user_id", flat=True)
    return users
