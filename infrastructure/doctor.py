"""Looks at an environment and says what is missing or wrong, and what to do about it."""

import os
import shutil
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
from pydantic import ValidationError

from infrastructure.embedded_postgres import default_folder
from infrastructure.migrations import MigrationFailed, pending
from infrastructure.postgres import PostgresTooOld, Unavailable
from infrastructure.postgres_binaries import Account, EmbeddedPostgresFailed, programs
from infrastructure.settings import Settings
from infrastructure.settings_bot import VARIABLE
from infrastructure.telegram import TOKEN
from infrastructure.token_box import NoSecretKey, SecretKeyUnusable, box_of
from interfaces.graphql.playground import missing_files

LEAST_DISK = 0.10  # free share of the volume
DURABLE = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_write", "remote_apply"),
    "data_checksums": ("on",),
}


class Finding(NamedTuple):
    """One thing looked at: fine, or what is wrong and what a person can do."""

    name: str
    fine: bool
    told: str


def examine() -> Iterator[Finding]:
    """Everything, in the order in which it is needed."""
    yield _python()
    try:
        settings = Settings()
    except ValidationError as error:
        for wrong in error.errors():
            variable = f"LEDGERDESK_{wrong['loc'][0]}".upper()
            yield Finding("settings", fine=False, told=f"{variable}: {wrong['msg']}")
        return
    yield Finding("settings", fine=True, told="readable")
    yield _secret_key(settings)
    yield from _database(settings)
    yield _port(settings)
    yield _telegram(settings)
    yield _settings_bot(settings)
    yield _playground()


def _python() -> Finding:
    told = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info[:2] == (3, 11)
    return Finding(
        "python", fine, told if fine else f"{told}: install Python 3.11 and run make again"
    )


def _secret_key(settings: Settings) -> Finding:
    try:
        box_of(settings)
    except (NoSecretKey, SecretKeyUnusable) as error:
        return Finding("secret key", fine=False, told=str(error))
    return Finding("secret key", fine=True, told="usable")


def _database(settings: Settings) -> Iterator[Finding]:
    if settings.database_url is None:
        yield _embedded(settings.data or default_folder())
        return
    try:
        missing = pending(settings.database_url)
        with psycopg.connect(settings.database_url, connect_timeout=5) as connection:
            values = {
                name: str(connection.execute(f"SHOW {name}".encode()).fetchone()[0])  # type: ignore[index]
                for name in DURABLE
            }
    except (Unavailable, PostgresTooOld, MigrationFailed, psycopg.Error) as error:
        yield Finding("database", fine=False, told=f"{error}: check LEDGERDESK_DATABASE_URL")
        return
    yield Finding("database", fine=True, told="answers")
    told = f"run: ledgerdesk migrate (missing: {', '.join(missing)})" if missing else "up to date"
    yield Finding("migrations", not missing, told)
    wrong = [
        f"{name} is {values[name]}" for name, good in DURABLE.items() if values[name] not in good
    ]
    told = f"{'; '.join(wrong)}: acknowledged events could be lost" if wrong else "as promised"
    yield Finding("durability", not wrong, told)


def _embedded(folder: Path) -> Finding:
    try:
        programs(Account.of(folder))
    except EmbeddedPostgresFailed as error:
        return Finding("embedded Postgres", fine=False, told=str(error))
    parent = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(parent, os.W_OK):
        told = f"{parent} cannot be written: set LEDGERDESK_DATA to a folder of yours"
        return Finding("embedded Postgres", fine=False, told=told)
    usage = shutil.disk_usage(parent)
    if usage.free < LEAST_DISK * usage.total:
        return Finding("embedded Postgres", fine=False, told=f"{parent} is nearly full: make room")
    return Finding("embedded Postgres", fine=True, told=f"in {folder}")


def _port(settings: Settings) -> Finding:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            told = f"{settings.host}:{settings.port}: {error.strerror}; set LEDGERDESK_PORT"
            return Finding("port", fine=False, told=told)
    return Finding("port", fine=True, told=f"{settings.host}:{settings.port} is free")


def _telegram(settings: Settings) -> Finding:
    try:
        urllib.request.urlopen(settings.telegram_api, timeout=5).close()  # noqa: S310 - from the settings
    except urllib.error.HTTPError:
        pass  # it answers: a root without a token is not found
    except (OSError, ValueError) as error:
        told = f"{settings.telegram_api} does not answer ({error}): check LEDGERDESK_TELEGRAM_API"
        return Finding("Telegram", fine=False, told=told)
    return Finding("Telegram", fine=True, told=f"{settings.telegram_api} answers")


def _settings_bot(settings: Settings) -> Finding:
    if settings.settings_bot_token is None:
        told = f"none: owners cannot begin in Telegram before {VARIABLE} is set"
        return Finding("settings bot", fine=True, told=told)
    fine = TOKEN.fullmatch(settings.settings_bot_token.get_secret_value().strip()) is not None
    told = "its token is readable" if fine else f"{VARIABLE}: copy the token from BotFather again"
    return Finding("settings bot", fine, told)


def _playground() -> Finding:
    missing = missing_files()
    told = f"run: make ide (missing: {', '.join(missing)})" if missing else "complete"
    return Finding("playground", not missing, told)
