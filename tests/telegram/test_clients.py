"""Clients begin with the client bot, leave it, come back, and are told what they must know."""

from typing import Any

import pytest

from application.clients import client_id
from interfaces.sandbox.membership import block
from tests.telegram.api import posted, refused
from tests.telegram.conftest import ACME, Desk
from tests.telegram.keyboards import texts_of

pytestmark = pytest.mark.asyncio


def own(kind: str, text: str) -> dict[str, Any]:
    """What the company says in its own words."""
    texts = [{"kind": kind, "text": text}]
    return {"data": {"me": {"workspace": {"settings": {"texts": texts}}}}}


async def test_start_makes_the_client_known_and_greets(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    [asked] = await desk.api.wait("RegisterClient")
    assert asked.user == desk.klim.id
    assert asked.variables["profile"] == {"name": "Клим", "username": "klim", "language": "ru"}
    assert asked.variables["commandId"].startswith(f"tg:{desk.clients.id}:")
    greeting = await desk.hears(desk.talk, "Здравствуйте, Клим")
    assert texts_of(greeting) == [["➕ Новое обращение", "📋 Мои обращения"]]


async def test_a_company_greets_in_its_own_words(desk: Desk) -> None:
    desk.api.script["OwnTexts"] = [own("GREETING", "Это пекарня, {name}! {0} {unknown}")]
    desk.says(desk.klim, desk.talk, "/start")
    await desk.hears(desk.talk, "Это пекарня, Клим! {0} {unknown}")


@pytest.mark.proves("S1-E7")
async def test_help_says_what_telegram_does_not_tell_bots(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/help")
    told = await desk.hears(desk.talk, "/del")
    assert "об удалении сообщений Telegram ботам не рассказывает" in told.content["text"]


async def test_a_refusal_is_told_in_words(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [refused("DeskIsStopped")]
    desk.says(desk.klim, desk.talk, "Есть кто?")
    await desk.hears(desk.talk, "Служба сейчас не принимает обращения")
    assert set(await desk.settled("inbox")) == {("done", None)}


async def test_a_blocked_client_is_answered_once_a_minute_in_the_companys_words(
    desk: Desk,
) -> None:
    desk.api.script["PostMessage"] = [refused("ClientIsBlocked")]
    desk.api.script["OwnTexts"] = [own("BLOCKED", "Пишите нам на почту.")]
    for n in range(5):
        desk.says(desk.klim, desk.talk, f"ну {n}")
    await desk.api.wait("PostMessage", 5)
    await desk.settled("inbox")
    assert desk.texts(desk.talk) == ["Пишите нам на почту."]


@pytest.mark.parametrize("code", ["TooManyMessages", "TooManyTickets", "TooMuchIsHeld"])
async def test_a_flood_is_answered_once(desk: Desk, code: str) -> None:
    desk.api.script["PostMessage"] = [refused(code)]
    for n in range(5):
        desk.says(desk.klim, desk.talk, f"ещё {n}")
    await desk.api.wait("PostMessage", 5)
    await desk.settled("inbox")
    notices = [text for text in desk.texts(desk.talk) if "Начать новое" not in text]
    assert len(notices) == 1


async def test_the_notice_of_one_client_is_not_anothers(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [refused("TooManyMessages")]
    desk.says(desk.klim, desk.talk, "раз")
    boris = desk.world.private(desk.clients, desk.boris)
    desk.says(desk.boris, boris, "раз")
    await desk.hears(desk.talk, "слишком")
    await desk.hears(boris, "слишком")


async def test_a_client_who_blocks_the_bot_is_marked_unreachable(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    await desk.hears(desk.talk, "Здравствуйте")
    block(desk.world, desk.klim, desk.talk, blocked=True)
    [asked] = await desk.api.wait("MarkUnreachable")
    assert asked.variables["clientId"] == str(client_id(ACME, desk.klim.id))
    assert asked.user is None


async def test_a_client_who_lets_the_bot_write_again_is_known_again(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    await desk.hears(desk.talk, "Здравствуйте")
    block(desk.world, desk.klim, desk.talk, blocked=True)
    await desk.api.wait("MarkUnreachable")
    block(desk.world, desk.klim, desk.talk, blocked=False)
    _, again = await desk.api.wait("RegisterClient", 2)
    assert again.user == desk.klim.id


async def test_a_foreign_client_who_blocks_the_bot_harms_nothing(desk: Desk) -> None:
    desk.api.script["MarkUnreachable"] = [refused("NotFound")]
    desk.says(desk.klim, desk.talk, "/start")
    await desk.hears(desk.talk, "Здравствуйте")
    block(desk.world, desk.klim, desk.talk, blocked=True)
    await desk.api.wait("MarkUnreachable")
    assert {outcome for outcome, _ in await desk.settled("inbox")} == {"done"}


async def test_the_client_bot_ignores_the_group(desk: Desk) -> None:
    desk.says(desk.boris, desk.group, "обсудим между собой")
    desk.says(desk.klim, desk.talk, "вопрос")
    await desk.api.wait("PostMessage")
    await desk.settled("inbox")
    [asked] = desk.api.of("PostMessage")
    assert asked.variables["content"]["text"] == "вопрос"


async def test_a_message_into_a_known_ticket_is_answered_by_nothing(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [posted(opened=False)]
    desk.says(desk.klim, desk.talk, "и ещё")
    await desk.api.wait("PostMessage")
    await desk.settled("inbox")
    assert desk.texts(desk.talk) == []
