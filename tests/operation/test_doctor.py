"""The doctor says what is missing or wrong in words that a person can act on."""

import socket

import pytest

from infrastructure.doctor import Finding, examine
from infrastructure.migrations import migrate


def findings(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Finding]:
    settings = {"LEDGERDESK_TELEGRAM_API": "http://127.0.0.1:9", **environment}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return {finding.name: finding for finding in examine()}


def test_a_good_environment_has_no_problems_but_the_ones_made_here(
    monkeypatch: pytest.MonkeyPatch, shared_database: str
) -> None:
    found = findings(
        monkeypatch,
        LEDGERDESK_DATABASE_URL=shared_database,
        LEDGERDESK_SECRET_KEY="ab" * 32,
        LEDGERDESK_PORT="0",
    )
    wrong = {name for name, finding in found.items() if not finding.fine}
    assert wrong == {"Telegram", "durability"}  # nobody listens there; test servers skip fsync


def test_a_missing_secret_key_comes_with_the_command_that_makes_one(
    monkeypatch: pytest.MonkeyPatch, shared_database: str
) -> None:
    found = findings(monkeypatch, LEDGERDESK_DATABASE_URL=shared_database)
    assert "openssl rand -hex 32" in found["secret key"].told


def test_a_database_that_does_not_answer_names_the_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = findings(monkeypatch, LEDGERDESK_DATABASE_URL="postgresql://127.0.0.1:9/none")
    assert not found["database"].fine
    assert "LEDGERDESK_DATABASE_URL" in found["database"].told


def test_missing_migrations_name_the_command(
    monkeypatch: pytest.MonkeyPatch, empty_database: str
) -> None:
    found = findings(monkeypatch, LEDGERDESK_DATABASE_URL=empty_database)
    assert "ledgerdesk migrate" in found["migrations"].told
    migrate(empty_database)
    found = findings(monkeypatch, LEDGERDESK_DATABASE_URL=empty_database)
    assert found["migrations"].fine


def test_a_port_in_use_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        found = findings(monkeypatch, LEDGERDESK_PORT=port)
    assert port in found["port"].told
    assert not found["port"].fine


def test_an_unreadable_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = findings(monkeypatch, LEDGERDESK_PORT="eighty")
    assert not found["settings"].fine
    assert "LEDGERDESK_PORT" in found["settings"].told


@pytest.mark.parametrize("token", ["", "12345", "12345:secret\nand more"])
def test_the_settings_bot_is_told_of_without_its_token(
    monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    found = findings(monkeypatch, LEDGERDESK_SETTINGS_BOT_TOKEN=token)["settings bot"]
    assert found.fine is (token == "")
    assert "LEDGERDESK_SETTINGS_BOT_TOKEN" in found.told
    assert "secret" not in found.told
