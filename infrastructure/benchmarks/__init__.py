"""Benchmarks: each figure as a ratio against a peer or a limit measured in the same run.

Variants take turns round by round on one durable Postgres, and medians are compared: the ratios
count, absolute values say more about the machine. An aim that is missed is printed, not an error.
"""

import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from types import FrameType
from typing import Any, TypeAlias

import uvloop

from infrastructure.benchmarks import (
    appends,
    catch_up,
    claims,
    commands,
    freshness,
    graphql_lists,
    log_size,
    relay,
)
from infrastructure.benchmarks.ground import Ground, ground
from infrastructure.benchmarks.rows import Row
from infrastructure.logs import configure

Bench: TypeAlias = Callable[[Ground], Coroutine[Any, Any, list[Row]]]

BENCHES: dict[str, Bench] = {
    "commands": commands.measure,
    "appends": appends.measure,
    "catch_up": catch_up.measure,
    "log_size": log_size.measure,
    "graphql_lists": graphql_lists.measure,
    "freshness": freshness.measure,
    "relay": relay.measure,
    "claims": claims.measure,
}


def run(names: Sequence[str], *, as_json: bool) -> int:
    """Run the benches named, all if none are, and print a line a row; returns 0.

    2 if there is no bench of a name. What breaks a bench is raised.
    """
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        told = f"no bench {', '.join(unknown)}: choose of {', '.join(BENCHES)}\n"
        sys.stderr.write(told)
        return 2
    signal.signal(signal.SIGTERM, _stop)
    configure("ERROR")  # to stderr: stdout is for rows
    with ground() as made:
        for name in names or BENCHES:
            for row in uvloop.run(BENCHES[name](made)):
                sys.stdout.write((row.as_json() if as_json else row.told()) + "\n")
                sys.stdout.flush()
    return 0


def _stop(_: int, __: FrameType | None) -> None:
    """Leave every block, so that nothing that was started stays behind."""
    sys.exit(1)
