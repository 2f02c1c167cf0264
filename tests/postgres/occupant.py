"""A process that uses an embedded server until its standard input ends.

    python -m tests.postgres.occupant DATA [USER]

Prints the address of the server when it is there. With USER it gives up being root first: a
whole process as an ordinary user, even where that user cannot reach the Python we run with.
"""

import os
import pwd
import sys
from pathlib import Path

from infrastructure.embedded_postgres import EmbeddedPostgres


def become(name: str) -> None:
    """Give up root for good."""
    user = pwd.getpwnam(name)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)


if __name__ == "__main__":
    for user in sys.argv[2:]:
        become(user)
    with EmbeddedPostgres(Path(sys.argv[1]), durable=False) as server:
        sys.stdout.write(server.dsn() + "\n")
        sys.stdout.flush()
        sys.stdin.read()
