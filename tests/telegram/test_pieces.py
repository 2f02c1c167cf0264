"""Letters that become several messages, and topics: all their ids are kept and reported."""

import pytest

from interfaces.sandbox.chats import Chat
from interfaces.sandbox.faults import LOSE, Fault
from interfaces.sandbox.files import Upload, file_id_of
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.messages import Message
from tests.telegram.conftest import TICKET, Desk

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("P16")]
MESSAGE = {"kind": "message", "ticket": str(TICKET), "message": "7"}
TOPIC = {"kind": "topic", "ticket": str(TICKET)}
PIECES = "SELECT sent_by, pieces FROM ledger.outbox"


def album(desk: Desk, count: int = 3) -> list[Message]:
    photos = [Upload(f"{n}.jpg", "image/jpeg", f"photo {n}".encode()) for n in range(count)]
    return [
        desk.says(desk.klim, desk.talk, f"подпись {n}", media=("photo", photo), album="1")
        for n, photo in enumerate(photos)
    ]


def shown(chat: Chat) -> list[Message]:
    return [message for message in chat.messages.values() if message.by_bot and message.media]


async def test_an_album_is_reported_with_all_its_messages(desk: Desk) -> None:
    media = [
        {"type": "photo", "media": file_id_of(desk.clients.id, piece.media.file)}
        for piece in album(desk)
        if piece.media is not None
    ]
    await desk.send("sendMediaGroup", desk.clients, desk.group.id, {"media": media}, report=MESSAGE)
    assert await desk.settled() == [("sent", None)]
    ids = [message.id for message in shown(desk.group)]
    assert len(ids) == 3
    assert desk.look(PIECES) == [(desk.clients.id, ids)]
    [told] = desk.api.of("ConfirmDelivery")
    assert told.variables["place"] == {"chatId": desk.group.id, "messageId": ids[0]}
    assert told.variables["pieces"] == ids


async def test_a_copied_album_stays_one(desk: Desk) -> None:
    pieces = [piece.id for piece in album(desk)]
    params = {"from_chat_id": desk.klim.id, "message_ids": pieces}
    await desk.send("copyMessages", desk.clients, desk.group.id, params, report=MESSAGE)
    assert await desk.settled() == [("sent", None)]
    ids = [message.id for message in shown(desk.group)]
    assert desk.look(PIECES) == [(desk.clients.id, ids)]
    assert len({message.album for message in shown(desk.group)}) == 1


async def test_a_single_message_has_no_pieces(desk: Desk) -> None:
    await desk.send("sendMessage", desk.managers, desk.group.id, {"text": "x"}, report=MESSAGE)
    await desk.settled()
    [told] = desk.api.of("ConfirmDelivery")
    assert told.variables["pieces"] == []


async def test_a_report_after_a_crash_still_knows_all_pieces(desk: Desk) -> None:
    done = {"data": {"confirmDelivery": {"replayed": False}}}
    desk.api.script["ConfirmDelivery"] = [503, done]
    pieces = [piece.id for piece in album(desk)]
    params = {"from_chat_id": desk.klim.id, "message_ids": pieces}
    await desk.send("copyMessages", desk.clients, desk.group.id, params, report=MESSAGE)
    await desk.settled()
    first, second = desk.api.of("ConfirmDelivery")
    assert first.variables == second.variables
    assert len(shown(desk.group)) == 3


def forum_of(desk: Desk) -> Chat:
    forum = desk.world.chat("Форум", owner=desk.anna, forum=True)
    set_member(desk.world, forum, desk.managers.user, "administrator")
    return forum


async def test_a_new_topic_is_reported_as_the_tickets_discussion(desk: Desk) -> None:
    forum = forum_of(desk)
    params = {"name": "№7 · Доставка"}
    await desk.send("createForumTopic", desk.managers, forum.id, params, report=TOPIC)
    assert await desk.settled() == [("sent", None)]
    [opened] = desk.api.of("OpenThread")
    [topic] = forum.topics
    assert opened.variables["groupId"] == forum.id
    assert opened.variables["rootId"] == topic


async def test_a_topic_whose_answer_was_lost_is_looked_for_before_it_is_made_again(
    desk: Desk,
) -> None:
    forum = forum_of(desk)
    nowhere = {"channelId": None, "postId": None, "groupId": None, "rootId": None}
    known = {**nowhere, "groupId": forum.id, "rootId": 2}
    desk.api.script["TicketPlaces"] = [{"data": {"ticket": ticket}} for ticket in (nowhere, known)]
    desk.world.faults.plan(Fault(LOSE, method="createForumTopic"))
    params = {"name": "№7"}
    await desk.send("createForumTopic", desk.managers, forum.id, params, report=TOPIC)
    assert [outcome for outcome, _ in await desk.settled()] == ["sent"]
    assert len(forum.topics) == 1


async def test_of_a_topic_that_is_gone_the_api_hears_and_repeats_what_was_said(
    desk: Desk,
) -> None:
    forum = forum_of(desk)
    params = {"text": "вопрос", "message_thread_id": 777}
    await desk.send("sendMessage", desk.managers, forum.id, params, report=MESSAGE)
    assert await desk.settled() == [("skipped", "Bad Request: message thread not found")]
    [lost] = desk.api.of("LoseThread")
    assert (lost.variables["ticketId"], lost.variables["rootId"]) == (str(TICKET), 777)
    assert desk.api.of("ReportFailure") == []
    assert desk.texts(forum) == []
