"""The command line of the local system: `python -m ok9.local run | up | down | env | exec | test`."""

import argparse
import shlex
import subprocess
import sys

from ok9.local.commands import run_beside_servers, run_in_temporary_home
from ok9.local.home import AlreadyRunningError, Home, home_from_environment
from ok9.local.postgres import PostgresError
from ok9.local.processes import ProcessDiedError, stop_leftovers
from ok9.local.run import CannotStartError, run
from ok9.local.servers import MissingOwnerError, server_variables, start_servers, stop_servers
from ok9.local.steps import StepFailedError
from ok9.local.valkey import ValkeyError

PROBLEMS = (CannotStartError, MissingOwnerError, PostgresError, ProcessDiedError, StepFailedError, ValkeyError)


def main(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    home = home_from_environment()
    try:
        if options.verb == "run":
            return run(home)
        if options.verb == "exec":
            return run_beside_servers(home, options.command, as_owner=options.as_owner)
        if options.verb == "test":
            return run_in_temporary_home(options.command)
        return {"up": _up, "down": _down, "env": _env}[options.verb](home)
    except AlreadyRunningError:
        print(f"OK9 is in use in {home.path}.", file=sys.stderr)
    except (*PROBLEMS, subprocess.CalledProcessError) as problem:
        print(problem, file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ok9.local", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("run", help="everything, until Ctrl-C")
    verbs.add_parser("up", help="only the database and Valkey, in the background")
    verbs.add_parser("down", help="stop what up started")
    verbs.add_parser("env", help="print the variables that lead to the servers, for a shell's eval")
    beside = verbs.add_parser("exec", help="run a command beside the servers")
    beside.add_argument("--as-owner", action="store_true", help="with the database role that migrates")
    test = verbs.add_parser("test", help="run a command beside servers of its own, thrown away after it")
    for verb in (beside, test):
        verb.add_argument("command", nargs=argparse.REMAINDER)
    return parser


def _up(home: Home) -> int:
    with home.locked():
        start_servers(home)
    print(f"The database and Valkey run. Their addresses: OK9_HOME={home.path} python -m ok9.local env")
    return 0


def _down(home: Home) -> int:
    with home.locked():
        stop_leftovers(home)
        stop_servers(home)
    return 0


def _env(home: Home) -> int:
    for name, value in server_variables(home).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
