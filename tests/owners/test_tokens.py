"""Tokens: they come in by a message, leave the chat at once, and are never said again."""

import pytest

from interfaces.sandbox.messages import Message
from tests.owners.conftest import BOTS, DONE, ROMASHKA, Office, answer, desk_seen
from tests.telegram.api import eventually, refused

pytestmark = pytest.mark.asyncio(loop_scope="module")
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

KEPT = "SELECT count(*) FROM ledger.inbox WHERE position(%s IN convert_from(body, 'UTF8')) > 0"


async def asked_for(office: Office, role: str = "client") -> Message:
    """The question for a token."""
    office.api.script["DeskSeen"] = [desk_seen("CLIENT_BOT", bots=BOTS[1:])]
    connected = {"username": "romashka_bot", "position": 5}
    office.api.script["ConnectBot"] = answer(connectBot=connected)
    await office.presses("token", role)
    return await office.hears("Откройте @BotFather" if role == "client" else "Новый токен бота")


@pytest.mark.proves("S1-02")
@pytest.mark.parametrize("text", [TOKEN, f" {TOKEN}\n", f"Done! Use this token:\n{TOKEN}\nKeep it"])
async def test_a_token_is_taken_and_leaves_the_chat_at_once(office: Office, text: str) -> None:
    question = await asked_for(office)
    said = office.says(text, reply_to=question.id)
    asked = await office.asked("ConnectBot")
    assert asked.variables["token"] == TOKEN
    assert (asked.variables["role"], asked.workspace) == ("CLIENT", str(ROMASHKA))
    await office.hears("✅ Бот @romashka_bot подключён")
    await eventually(lambda: said.deleted)
    assert not any(TOKEN in text for text in office.desk.texts(office.talk))
    await office.quiet()
    assert office.desk.look(KEPT, TOKEN) == [(0,)]


async def test_a_token_is_in_no_line_of_the_log(
    office: Office, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    question = await asked_for(office)
    office.api.script["ConnectBot"] = [refused("BadToken")]
    office.says(TOKEN, reply_to=question.id)
    await office.hears("не знает такого токена")
    await office.quiet()
    told = capfd.readouterr()
    assert TOKEN not in told.out + told.err + caplog.text


@pytest.mark.proves("S1-02")
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("BadToken", "не знает такого токена"),
        ("BotIsTaken", "работает в другой компании"),
        ("BotHasOtherRole", "свой бот"),
        ("BotWorksAlready", "свой бот"),
        ("BotRoleIsTaken", "Это токен другого бота"),
    ],
)
async def test_a_token_that_cannot_be_used_is_explained_and_asked_for_again(
    office: Office, code: str, words: str
) -> None:
    question = await asked_for(office)
    office.api.script["ConnectBot"] = [refused(code)]
    said = office.says(TOKEN, reply_to=question.id)
    again = await office.hears(words)
    assert said.deleted
    connected = {"username": "romashka_bot", "position": 5}
    office.api.script["ConnectBot"] = answer(connectBot=connected)
    office.says(TOKEN, reply_to=again.id)
    await office.hears("✅ Бот @romashka_bot подключён")


async def test_what_is_no_token_is_explained_and_asked_for_again(office: Office) -> None:
    question = await asked_for(office)
    said = office.says("123456789", reply_to=question.id)
    await office.hears("Это не токен")
    assert office.api.of("ConnectBot") == []
    assert not said.deleted


async def test_a_token_that_nobody_asked_for_is_deleted_too(office: Office) -> None:
    said = office.says(TOKEN)
    await office.hears("Похоже на токен")
    assert said.deleted
    assert office.api.of("ConnectBot") == []


async def test_the_token_of_a_working_bot_is_renewed(office: Office) -> None:
    office.api.script["ConnectBot"] = answer(
        connectBot={"username": "romashka_staff_bot", "position": 5}
    )
    await office.presses("bots")
    await office.finds("Новый токен @romashka_staff_bot")
    await office.presses("token", "manager")
    question = await office.hears("/revoke")
    office.says(TOKEN, reply_to=question.id)
    assert (await office.asked("ConnectBot")).variables["role"] == "MANAGER"


async def test_a_bot_is_disconnected_only_after_a_second_press(office: Office) -> None:
    office.api.script["DisconnectBot"] = answer(disconnectBot=DONE)
    await office.presses("disconnecting", "client")
    await office.hears("Служба остановится")
    assert office.api.of("DisconnectBot") == []
    assert await office.presses("disconnect", "client") == "Бот @romashka_bot отключён"
    assert (await office.asked("DisconnectBot")).variables["botId"] == 71
