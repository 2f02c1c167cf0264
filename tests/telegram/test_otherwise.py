"""What one way does not get through is said another way, perhaps by another bot of the company."""

from uuid import UUID

import pytest

from infrastructure.bots import BotAccounts
from infrastructure.postgres import Role, pool
from infrastructure.replies import FILE_GONE
from infrastructure.token_box import TokenBox
from interfaces.sandbox.chats import GROUP
from interfaces.sandbox.faults import LOSE, Fault
from interfaces.sandbox.membership import migrate, set_member
from interfaces.telegram.calls import Otherwise
from tests.telegram.api import eventually
from tests.telegram.conftest import SECRET, TICKET, Desk

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("P16")]
MESSAGE = {"kind": "message", "ticket": str(TICKET), "message": "7"}


def in_words(desk: Desk, text: str = "вопрос") -> Otherwise:
    """The manager bot says in the group what the client bot could not copy."""
    params = {"chat_id": desk.group.id, "text": text}
    return Otherwise(desk.managers.id, "sendMessage", params)


async def copied(desk: Desk, message_id: int, otherwise: Otherwise | None) -> None:
    params = {"from_chat_id": desk.klim.id, "message_id": message_id}
    await desk.send(
        "copyMessage", desk.clients, desk.group.id, params, report=MESSAGE, otherwise=otherwise
    )


async def test_a_copy_that_gets_through_is_not_said_otherwise(desk: Desk) -> None:
    said = desk.says(desk.klim, desk.talk, "вопрос")
    await copied(desk, said.id, in_words(desk))
    assert await desk.settled() == [("sent", None)]
    assert desk.texts(desk.group) == ["вопрос"]
    [told] = desk.api.of("ConfirmDelivery")
    assert told.key == await key_of(desk, desk.clients.id)


async def test_a_bot_that_is_not_in_the_group_has_a_colleague_who_is(desk: Desk) -> None:
    said = desk.says(desk.klim, desk.talk, "вопрос")
    set_member(desk.world, desk.group, desk.clients.user, "left")
    await copied(desk, said.id, in_words(desk))
    assert await desk.settled() == [("sent", None)]
    sent = await desk.hears(desk.group, "вопрос")
    assert sent.writer_id == desk.managers.id
    [told] = desk.api.of("ConfirmDelivery")
    assert told.variables["place"] == {"chatId": desk.group.id, "messageId": sent.id}
    assert told.key == await key_of(desk, desk.managers.id)


async def test_the_source_of_a_copy_may_be_gone(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    await copied(desk, 9999, in_words(desk))
    assert await desk.settled() == [("sent", None)]
    await desk.hears(desk.group, "вопрос")


async def test_without_another_way_it_fails_as_ever(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    await copied(desk, 9999, None)
    assert await desk.settled() == [("dead", "Bad Request: message to copy not found")]
    [told] = desk.api.of("ReportFailure")
    assert told.variables["reason"] == "Bad Request: message to copy not found"


async def test_when_both_ways_fail_the_second_says_why(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    params = {"chat_id": desk.group.id, "photo": "AgAC-of-nobody"}
    await copied(desk, 9999, Otherwise(desk.managers.id, "sendPhoto", params))
    assert await desk.settled() == [("dead", FILE_GONE)]


async def test_who_replied_to_what_is_gone_replies_to_the_thread_before_to_nothing(
    desk: Desk,
) -> None:
    root = desk.says(desk.anna, desk.group, "начало")
    told = {"chat_id": desk.group.id, "text": "вопрос"}
    there = {"reply_parameters": {"message_id": root.id}}
    gone = {"reply_parameters": {"message_id": 9999}}
    for otherwise in (Otherwise(desk.managers.id, "sendMessage", told | there), None):
        await desk.send(
            "sendMessage", desk.managers, desk.group.id, told | gone, otherwise=otherwise
        )
    await desk.settled()
    first, second = (one for one in desk.group.messages.values() if one.by_bot)
    assert first.reply_to is root
    assert second.reply_to is None


async def test_a_bot_of_another_company_is_no_colleague(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    stranger = desk.world.bot("50000003:stranger", "stranger_bot")
    set_member(desk.world, desk.group, stranger.user, "administrator")
    await desk.connect_bot(stranger, "manager", workspace_id=UUID(int=2))
    params = {"chat_id": desk.group.id, "text": "вопрос"}
    await copied(desk, 9999, Otherwise(stranger.id, "sendMessage", params))
    assert await desk.settled() == [("dead", "Bad Request: message to copy not found")]
    assert desk.texts(desk.group) == []


async def test_it_is_said_in_the_group_to_which_the_group_has_moved(desk: Desk) -> None:
    group = desk.world.chat("Старая", kind=GROUP, owner=desk.anna)
    for bot in (desk.clients, desk.managers):
        set_member(desk.world, group, bot.user, "administrator")
    moved = migrate(desk.world, group)
    set_member(desk.world, moved, desk.clients.user, "left")
    said = desk.says(desk.klim, desk.talk, "вопрос")
    params = {"from_chat_id": desk.klim.id, "message_id": said.id}
    other = Otherwise(desk.managers.id, "sendMessage", {"chat_id": group.id, "text": "вопрос"})
    await desk.send("copyMessage", desk.clients, group.id, params, report=MESSAGE, otherwise=other)
    assert await desk.settled() == [("sent", None)]
    [told] = desk.api.of("ConfirmDelivery")
    assert told.variables["place"]["chatId"] == moved.id
    desk.world.journal.violations.clear()  # writing to the old id was on purpose


async def test_a_report_that_failed_is_made_with_the_same_bots_key(desk: Desk) -> None:
    desk.api.script["ConfirmDelivery"] = [503, {"data": {"confirmDelivery": {"replayed": False}}}]
    desk.says(desk.klim, desk.talk, "/start")
    await copied(desk, 9999, in_words(desk))
    assert [outcome for outcome, _ in await desk.settled()] == ["sent"]
    told = desk.api.of("ConfirmDelivery")
    assert [one.key for one in told] == [await key_of(desk, desk.managers.id)] * 2
    assert desk.texts(desk.group) == ["вопрос"]


async def test_a_lost_answer_to_the_other_way_is_a_doubt_like_any_other(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    desk.world.faults.plan(Fault(LOSE, method="sendMessage", chat=desk.group.id))
    await copied(desk, 9999, in_words(desk))
    assert [outcome for outcome, _ in await desk.settled()] == ["sent"]
    await eventually(lambda: len(desk.api.of("ConfirmDelivery")) == 1)
    assert desk.texts(desk.group) == ["вопрос"] * 2  # the rare duplicate


async def key_of(desk: Desk, bot_id: int) -> str:
    """The key that a bot reports with."""
    async with pool(desk.dsn, Role.GATEWAY, name="test") as connections:
        accounts = await BotAccounts(connections, TokenBox.of(SECRET)).all()
    return next(account.service_key for account in accounts if account.bot_id == bot_id)
