"""Letters reach Telegram, at its pace, through everything that may happen on the way."""

import asyncio
import time

import pytest

from application.clients import client_id
from interfaces.sandbox.faults import DROP, HTML, LOSE, Fault
from interfaces.sandbox.membership import block
from tests.telegram.api import refused
from tests.telegram.conftest import ACME, TICKET, Desk, served_by_gateway

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("P16")]
MESSAGE = {"kind": "message", "ticket": str(TICKET), "message": "7"}


async def begun(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    await desk.hears(desk.talk, "Здравствуйте")


async def test_a_delivered_message_is_confirmed_where_it_stands(desk: Desk) -> None:
    await begun(desk)
    params = {"text": "Ответ"}
    await desk.send("sendMessage", desk.clients, desk.klim.id, params, key="m:1", report=MESSAGE)
    [asked] = await desk.api.wait("ConfirmDelivery")
    sent = await desk.hears(desk.talk, "Ответ")
    assert asked.variables == {
        "commandId": "sent:m:1",
        "ticketId": str(TICKET),
        "messageId": "7",
        "place": {"chatId": desk.klim.id, "messageId": sent.id},
        "pieces": [],
    }
    assert await desk.settled() == [("sent", None)]


async def test_cards_and_posts_are_reported_each_in_its_way(desk: Desk) -> None:
    copy = await desk.post()
    [posted] = await desk.api.wait("ConfirmPost")
    post = list(desk.channel.messages.values())[-1]
    assert (posted.variables["channelId"], posted.variables["postId"]) == (desk.channel.id, post.id)
    for kind in ("card", "group_post"):
        params = {"text": kind, "reply_parameters": {"message_id": copy.id}}
        report = {"kind": kind, "ticket": str(TICKET)}
        await desk.send("sendMessage", desk.managers, desk.group.id, params, report=report)
    [card] = await desk.api.wait("ShowCard")
    sent = await desk.hears(desk.group, "card")
    assert card.variables["place"] == {"chatId": desk.group.id, "messageId": sent.id}
    opened = await desk.api.wait("OpenThread", 2)  # and once by the automatic copy
    root = await desk.hears(desk.group, "group_post")
    [told] = [one for one in opened if one.variables["commandId"].startswith("sent:")]
    assert told.variables["rootId"] == root.id


async def test_a_copy_is_confirmed_too(desk: Desk) -> None:
    said = desk.says(desk.klim, desk.talk, "вопрос")
    params = {"from_chat_id": desk.klim.id, "message_id": said.id}
    await desk.send("copyMessage", desk.clients, desk.group.id, params, report=MESSAGE)
    [asked] = await desk.api.wait("ConfirmDelivery")
    copied = await desk.hears(desk.group, "вопрос")
    assert asked.variables["place"]["messageId"] == copied.id


@pytest.mark.parametrize(
    "fault",
    [
        Fault("error", code=429, retry_after=1),
        Fault("error", code=500, times=2),
        Fault(HTML, times=2),
        Fault(DROP),
        Fault(LOSE),
    ],
    ids=["throttled", "500", "html", "dropped", "lost"],
)
async def test_a_chat_keeps_its_order_through_a_fault(desk: Desk, fault: Fault) -> None:
    await begun(desk)
    fault.method = "sendMessage"
    lost = fault.kind == LOSE
    desk.world.faults.plan(fault)
    for n in range(4):
        await desk.send("sendMessage", desk.clients, desk.klim.id, {"text": f"ответ {n}"})
    assert {outcome for outcome, _ in await desk.settled()} == {"sent"}
    told = [text for text in desk.texts(desk.talk) if text.startswith("ответ")]
    assert [text for n, text in enumerate(told) if text not in told[:n]] == [
        f"ответ {n}" for n in range(4)
    ]
    assert len(told) == (5 if lost else 4)  # the rare duplicate that is better than a loss


async def test_a_lost_answer_to_an_edit_is_simply_repeated(desk: Desk) -> None:
    await begun(desk)
    message = next(m for m in desk.talk.messages.values() if m.by_bot)
    desk.world.faults.plan(Fault(LOSE, method="editMessageText"))
    params = {"message_id": message.id, "text": "новее"}
    await desk.send("editMessageText", desk.clients, desk.klim.id, params)
    assert [outcome for outcome, _ in await desk.settled()] == ["sent"]
    assert message.content["text"] == "новее"


async def test_a_post_whose_answer_was_lost_is_looked_for_and_not_doubled(desk: Desk) -> None:
    unknown = {"channelId": None, "postId": None, "groupId": None, "rootId": None}
    known = {**unknown, "postId": 1, "rootId": 2}
    answers = [{"data": {"ticket": ticket}} for ticket in (unknown, known)]
    desk.api.script["TicketPlaces"] = [*answers]
    desk.world.faults.plan(Fault(LOSE, method="sendMessage"))
    await desk.post()
    assert [outcome for outcome, _ in await desk.settled()] == ["sent"]
    assert len(desk.channel.messages) == 1
    assert len(desk.api.of("TicketPlaces")) == 2


async def test_a_post_that_never_appeared_is_sent_again(desk: Desk) -> None:
    desk.world.faults.plan(Fault(DROP, method="sendMessage"))
    await desk.post()
    await desk.api.wait("ConfirmPost")
    assert [outcome for outcome, _ in await desk.settled()] == ["sent"]
    assert len(desk.channel.messages) == 1


async def test_a_client_who_blocked_the_bot_ends_the_letter_and_no_other_lane(desk: Desk) -> None:
    await begun(desk)
    other = desk.world.user("Ольга")
    desk.says(other, desk.world.private(desk.clients, other), "/start")
    await desk.api.wait("RegisterClient", 2)
    block(desk.world, desk.klim, desk.talk, blocked=True)
    await desk.settled("inbox")
    params = {"text": "Ответ"}
    await desk.send("sendMessage", desk.clients, desk.klim.id, params, key="m:1", report=MESSAGE)
    await desk.send("sendMessage", desk.clients, other.id, params, key="m:2", report=MESSAGE)
    outcomes = dict(zip(["m:1", "m:2"], await desk.settled(), strict=True))
    assert outcomes["m:1"] == ("skipped", "Forbidden: bot was blocked by the user")
    assert outcomes["m:2"] == ("sent", None)
    [failed] = desk.api.of("ReportFailure")
    assert "blocked" in failed.variables["reason"]
    marked = {asked.variables["clientId"] for asked in desk.api.of("MarkUnreachable")}
    assert marked == {str(client_id(ACME, desk.klim.id))}


async def test_wrong_markup_is_sent_once_more_as_plain_text(desk: Desk) -> None:
    await begun(desk)
    params = {"text": "<b>не закрыт", "parse_mode": "HTML"}
    await desk.send("sendMessage", desk.clients, desk.klim.id, params)
    assert [outcome for outcome, _ in await desk.settled()] == ["sent"]
    await desk.hears(desk.talk, "<b>не закрыт")


async def test_a_reply_to_a_message_that_is_gone_is_sent_without_it(desk: Desk) -> None:
    await begun(desk)
    params = {"text": "Ответ", "reply_parameters": {"message_id": 9999}}
    await desk.send("sendMessage", desk.clients, desk.klim.id, params)
    assert [outcome for outcome, _ in await desk.settled()] == ["sent"]


async def test_what_telegram_refuses_becomes_a_dead_letter_and_the_lane_goes_on(
    desk: Desk,
) -> None:
    await begun(desk)
    await desk.send("sendMessage", desk.clients, desk.klim.id, {"text": ""}, report=MESSAGE)
    await desk.send("sendMessage", desk.clients, desk.klim.id, {"text": "дальше"})
    assert [outcome for outcome, _ in await desk.settled()] == ["dead", "sent"]
    assert len(desk.api.of("ReportFailure")) == 1
    desk.world.journal.violations.clear()  # the empty text was on purpose


async def test_a_letter_is_not_sent_twice_because_its_report_failed(desk: Desk) -> None:
    await begun(desk)
    done = {"data": {"confirmDelivery": {"replayed": False}}}
    desk.api.script["ConfirmDelivery"] = [503, 503, done]
    params = {"text": "Ответ"}
    await desk.send("sendMessage", desk.clients, desk.klim.id, params, report=MESSAGE)
    assert [outcome for outcome, _ in await desk.settled()] == ["sent"]
    assert desk.texts(desk.talk).count("Ответ") == 1
    assert len(desk.api.of("ConfirmDelivery")) == 3


async def test_a_refused_report_is_no_reason_to_send_again(desk: Desk) -> None:
    await begun(desk)
    desk.api.script["ConfirmDelivery"] = [refused("NotFound")]
    params = {"text": "Ответ"}
    await desk.send("sendMessage", desk.clients, desk.klim.id, params, report=MESSAGE)
    assert [outcome for outcome, _ in await desk.settled()] == ["sent"]
    assert desk.texts(desk.talk).count("Ответ") == 1


async def test_letters_wait_for_their_bot(quiet_desk: Desk) -> None:
    desk = quiet_desk
    await desk.send("sendMessage", desk.managers, desk.group.id, {"text": "раньше бота"})
    async with served_by_gateway(desk):
        await asyncio.sleep(0.2)
        assert desk.texts(desk.group) == []
        await desk.connect_bot(desk.managers, "manager")
        await desk.hears(desk.group, "раньше бота")


async def test_a_message_is_relayed_within_milliseconds(desk: Desk) -> None:
    await begun(desk)
    took: list[float] = []
    for n in range(20):
        began = time.perf_counter()
        said = desk.says(desk.klim, desk.talk, f"вопрос {n}")
        await desk.api.wait("PostMessage", n + 1)
        heard = time.perf_counter()
        params = {"from_chat_id": desk.klim.id, "message_id": said.id}
        await desk.send("copyMessage", desk.clients, desk.group.id, params)
        await desk.hears(desk.group, f"вопрос {n}")
        took += [heard - began]
    assert sorted(took)[len(took) // 2] < 0.1
