"""The benchmarks run at tiny sizes, and what they fill the database with is what the triggers would keep."""

from pathlib import Path

import pytest
from django.db import connection
from django.utils.timezone import localdate

from core.tenancy import system_scope
from dogs.models import Document, Team
from tests.bench import match, nightly, papers, public, search
from tests.bench.figures import Figure, table, write_json
from tests.bench.network_of_size import DOCUMENTS_A_TEAM, Network
from tests.factories.accounts import make_force

TEAMS = 40


@pytest.fixture
def network(db: None) -> Network:
    """Filled as the application, so that every trigger and every constraint has its say."""
    make_force("northshire")
    make_force("southshire", lat=51.0)
    with system_scope(), connection.cursor() as cursor:
        network = Network(cursor, today=localdate())
        network.grow(TEAMS // 2)
        network.grow(TEAMS)
        return network


def test_network_has_its_size_and_keeps_the_rules(network: Network) -> None:
    with system_scope(), connection.cursor() as cursor:
        assert Team.objects.count() == TEAMS
        assert Document.objects.exclude(dog=None).count() == TEAMS * DOCUMENTS_A_TEAM
        cursor.execute("select count(*) from dogs_team t where cleared_until is distinct from team_clear_until(t)")
        assert cursor.fetchone()[0] == 0


def test_match_is_measured_on_the_whole_network(network: Network) -> None:
    figures = {figure.name: figure for figure in match.measure(network, {})}
    assert figures["match query, p50, 40 teams, one in five busy, known places"].note == "20 teams found"
    queries = match.measure_page(network, {})[1]
    assert queries.value <= 8


def test_night_is_measured_against_the_loop(network: Network) -> None:
    figures = nightly.measure(network, {})
    assert [figure.name for figure in figures][:2] == [nightly.LOOP, "night scan, 200 documents"]


def test_public_pages_and_papers_are_measured(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "TIMES", public.ROUNDS)
    monkeypatch.setattr(papers, "TIMES", 1)
    figures = [*public.measure(network, {}), *papers.measure(network, {})]
    assert all(figure.value > 0 for figure in figures)


@pytest.mark.django_db
def test_search_is_measured() -> None:
    make_force("northshire")
    with system_scope(), connection.cursor() as cursor:
        network = Network(cursor, today=localdate())
        network.grow(TEAMS)
        search.fill(network)
        figures = search.measure(network, {})
    assert {figure.note for figure in figures} > {"0 found", ""}


def test_target_is_held_against_the_figure_or_its_ratio() -> None:
    slow = Figure("match", 3, "ms", target=2)
    fast = Figure("mails", 300, "a second", 100, "one by one", target=2.5, at_least=True, of_ratio=True)
    free = Figure("seen", 1, "ms")
    assert (slow.met, fast.met, free.met) == (False, True, None)
    assert fast.target_words == "≥ 2.5 × reference"


def test_figures_are_printed_and_kept(tmp_path: Path) -> None:
    figures = [Figure("match", 3, "ms", 1, "small", target=2, note="20 teams found")]
    assert "match: 20 teams found" in table(figures)
    write_json(figures, tmp_path / "bench.json")
    assert '"met": false' in (tmp_path / "bench.json").read_text()
