"""The command line of the benchmarks: `python -m tests.bench [NAME…] [--json FILE] [--up-to TEAMS]`."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg2

django.setup()

from django.utils.timezone import localdate  # noqa: E402

from ok9.local.home import home_from_environment  # noqa: E402
from ok9.local.postgres import SUPERUSER, postgres_url  # noqa: E402
from tests.bench import mails, match, memory, nightly, papers, public, search, walls, workers  # noqa: E402
from tests.bench.figures import Figure, table, write_json  # noqa: E402
from tests.bench.network_of_size import Network  # noqa: E402

# Each benchmark, and the sizes of the network (in teams) at which it measures. Five documents a team.
PLAN = {
    "public": (public.measure, (190,)),
    "memory": (memory.measure, (190,)),
    "workers": (workers.measure, (190,)),
    "papers": (papers.measure, (190,)),
    "mails": (mails.measure, (190,)),
    "page": (match.measure_page, (190, 1_000_000)),
    "nightly": (nightly.measure, (800, 80_000, 800_000)),
    "match": (match.measure, (1_000, 100_000, 1_000_000)),
    "walls": (walls.measure, (100_000,)),
    "search": (search.measure, (100_000,)),
}

# What a benchmark needs of the network beyond its size.
FILLED = {"search": search.fill}


def main(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    found: dict[str, Figure] = {}
    with _filling() as cursor:
        network = Network(cursor, today=localdate())
        for size, names in _stages(options.names or list(PLAN), options.up_to):
            _say(f"{size:,} teams …")
            network.grow(size)
            for name in FILLED.keys() & set(names):
                FILLED[name](network)
            cursor.execute("vacuum analyze")
            for name in names:
                _say(f"  {name}")
                found |= {figure.name: figure for figure in PLAN[name][0](network, found)}
    print(table(found.values()))
    if options.json:
        write_json(found.values(), options.json)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure what the house promises of speed.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", choices=[*PLAN, []], help=f"any of {', '.join(PLAN)}; all of them if none"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure here as well")
    parser.add_argument("--up-to", type=int, default=1_000_000, metavar="TEAMS", help="leave out larger networks")
    return parser


def _stages(names: list[str], up_to: int) -> Iterator[tuple[int, list[str]]]:
    sizes = sorted({size for name in names for size in PLAN[name][1] if size <= up_to})
    for size in sizes:
        yield size, [name for name in PLAN if name in names and size in PLAN[name][1]]


@contextmanager
def _filling() -> Iterator[Any]:
    """A cursor of the server's superuser, for whom no trigger fires: only so can a million teams be made in minutes."""
    filling = psycopg2.connect(postgres_url(home_from_environment(), SUPERUSER))
    filling.autocommit = True
    with filling.cursor() as cursor:
        cursor.execute("set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'")
        cursor.execute("set maintenance_work_mem = '1GB'; set timezone = 'Europe/London'")
        yield cursor
    filling.close()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
