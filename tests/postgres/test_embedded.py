"""The embedded server: quick, shared by processes, and whole after any of them was killed."""

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from infrastructure.embedded_postgres import EmbeddedPostgres, database, default_folder
from infrastructure.postgres import Unavailable
from infrastructure.postgres_binaries import Account, EmbeddedPostgresFailed, programs
from tests.postgres_fixture import DISK, reachable_folder

ROOT = Path(__file__).parents[2]
AS_ROOT = os.geteuid() == 0
Occupy = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as made:
        yield made


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """The data of a server that every test finds and leaves stopped."""
    with reachable_folder() as made:
        with EmbeddedPostgres(made / "pg", durable=False):
            pass
        yield made / "pg"


@pytest.fixture
def occupy() -> Iterator[Occupy]:
    """Starts another process that uses a folder; see occupant.py."""
    with ExitStack() as started:

        def start(data: Path, *user: str) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.postgres.occupant", str(data), *user],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
            started.callback(leave, process)
            return process

        yield start


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=20)


def address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ask(dsn: str, question: str) -> object:
    with psycopg.connect(dsn) as session:
        row = session.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().split()[0])


CROWD = 3 if "PYTEST_XDIST_WORKER" in os.environ else 1
"""How much longer something may take beside other tests."""


def test_a_cold_start_takes_under_two_seconds_and_a_warm_one_under_half() -> None:
    cold: list[float] = []
    warm: list[float] = []
    with reachable_folder(DISK) as folder:
        for n in range(3):
            for measured in (cold, warm):
                begun = time.perf_counter()
                with EmbeddedPostgres(folder / f"pg{n}") as server:
                    assert ask(server.dsn(), "SELECT 1") == 1
                    measured.append(time.perf_counter() - begun)
    assert min(cold) < 2.0 * CROWD
    assert min(warm) < 0.5 * CROWD


def test_settings_reach_the_server_through_a_folder_of_any_name(folder: Path) -> None:
    settings = {"cluster_name": "it's ours, and $HOME", "work_mem": "5MB"}
    data = folder / "made on the way" / "клиент's data"
    with EmbeddedPostgres(data, settings=settings, durable=False) as server:
        assert ask(server.dsn(), "SHOW cluster_name") == "it's ours, and $HOME"
        assert ask(server.dsn(), "SHOW work_mem") == "5MB"
        assert ask(server.dsn(), "SHOW wal_level") == "logical"
        assert ask(server.dsn(), "SHOW fsync") == "off"
        assert ask(server.dsn(), "SHOW listen_addresses") == ""


def test_a_path_that_no_socket_can_have_gets_its_socket_elsewhere(folder: Path) -> None:
    server = EmbeddedPostgres(folder / ("long, " * 30) / "pg", durable=False)
    with server:
        assert ask(server.dsn(), "SELECT 1") == 1
        socket = Path(parse_qs(urlsplit(server.dsn()).query)["host"][0])
        assert socket.stat().st_mode & 0o777 == 0o700
    assert not socket.exists()


def test_two_processes_that_start_at_once_share_one_server(folder: Path, occupy: Occupy) -> None:
    first, second = occupy(folder / "pg"), occupy(folder / "pg")
    dsn = address(first)
    assert address(second) == dsn
    leave(first)
    assert ask(dsn, "SELECT 1") == 1
    leave(second)
    assert (first.returncode, second.returncode) == (0, 0)
    with pytest.raises(psycopg.OperationalError):
        ask(dsn, "SELECT 1")


def test_after_a_kill_of_its_owner_the_next_one_joins_and_stops_it(
    data: Path, occupy: Occupy
) -> None:
    owner = occupy(data)
    dsn = address(owner)
    server = postmaster(data)
    owner.kill()
    owner.wait()
    heir = EmbeddedPostgres(data)
    assert heir.start() == dsn
    assert postmaster(data) == server
    heir.stop()
    assert not (data / "postmaster.pid").exists()


def test_a_kill_while_the_folder_is_being_made_leaves_nothing_half_made(
    folder: Path, occupy: Occupy
) -> None:
    owner = occupy(folder / "pg")
    until = time.monotonic() + 20
    while not list(folder.glob("pg.new-*/PG_VERSION")) and time.monotonic() < until:
        os.sched_yield()
    owner.kill()
    owner.wait()
    assert not (folder / "pg").exists()
    with EmbeddedPostgres(folder / "pg", durable=False) as server:
        assert ask(server.dsn(), "SELECT 1") == 1
        assert not list(folder.glob("pg.new-*"))


def test_a_server_that_was_killed_recovers_at_the_next_start(data: Path) -> None:
    first = EmbeddedPostgres(data)
    with psycopg.connect(first.start(), autocommit=True) as session:
        session.execute("CREATE TABLE kept AS SELECT 7 AS n")
        os.kill(postmaster(data), signal.SIGKILL)
        with EmbeddedPostgres(data) as again:
            first.stop()
            assert ask(again.dsn(), "SELECT n FROM kept") == 7


@pytest.mark.skipif(not AS_ROOT, reason="every other test ran as an ordinary user already")
def test_an_ordinary_user_has_a_server_of_their_own(folder: Path, occupy: Occupy) -> None:
    nobody = pwd.getpwnam("nobody")
    if not programs(Account(nobody.pw_uid, nobody.pw_gid)).is_relative_to(sys.prefix):
        pytest.skip("nobody cannot reach this environment")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    process = occupy(folder / "pg", "nobody")
    assert ask(address(process), "SELECT 1") == 1
    assert {path.stat().st_uid for path in folder.rglob("*")} == {nobody.pw_uid}
    leave(process)
    assert process.returncode == 0
    assert not (folder / "pg" / "postmaster.pid").exists()


@pytest.mark.skipif(not AS_ROOT, reason="only root runs the server as somebody else")
def test_root_hears_which_folder_the_server_cannot_reach(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o700)
    with pytest.raises(EmbeddedPostgresFailed, match=r"cannot reach .*/var/lib/ledgerdesk/pg"):
        EmbeddedPostgres(folder / "closed" / "pg").start()


def test_a_folder_with_other_things_in_it_is_left_alone(folder: Path) -> None:
    (folder / "pg").mkdir()
    (folder / "pg" / "thesis.txt").write_text("years of work")
    with pytest.raises(EmbeddedPostgresFailed, match="not empty"):
        EmbeddedPostgres(folder / "pg", durable=False).start()
    assert (folder / "pg" / "thesis.txt").read_text() == "years of work"


def test_a_setting_that_the_server_refuses_is_told_with_its_log(data: Path) -> None:
    server = EmbeddedPostgres(data, settings={"shared_buffers": "a lot"})
    with pytest.raises(EmbeddedPostgresFailed, match=r'invalid value .* "shared_buffers"'):
        server.start()


def test_with_an_address_given_no_server_is_started(folder: Path, shared_database: str) -> None:
    with database(shared_database, folder / "pg") as dsn:
        assert dsn == shared_database
    with (
        pytest.raises(Unavailable, match="does not answer"),
        database("postgresql://127.0.0.1:1/ledgerdesk", folder / "pg"),
    ):
        pass
    assert not (folder / "pg").exists()


def test_without_an_address_the_embedded_server_runs_while_it_is_used(data: Path) -> None:
    with database(None, data) as dsn:
        assert ask(dsn, "SELECT 1") == 1
    assert not (data / "postmaster.pid").exists()


def test_the_default_folder_is_one_that_the_server_can_reach() -> None:
    home = Path.home()
    assert default_folder().is_relative_to(home) is not AS_ROOT
    assert default_folder().parts[-2:] == ("ledgerdesk", "pg")
