"""What becomes of messages after they were written, and what stands where in Telegram."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from domain.tickets import Ticket
from projections.messages import Standing
from projections.versions import VersionRow
from tests.projections.conftest import World
from tests.projections.facts import NOON, Fact, fact
from tests.projections.test_tickets import ANNA, BORIS, HELLO, opened

GROUP, PRIVATE = -200, 7


def place(chat_id: int, message_id: int, bot_id: int = 1) -> dict[str, int]:
    return {"bot_id": bot_id, "chat_id": chat_id, "message_id": message_id}


def received(ticket: UUID, message: UUID, **told: Any) -> Fact:
    content = HELLO | told.pop("content", {})
    return fact(
        Ticket.MessageReceived, ticket, 1, message_id=message, content=content, place=None, **told
    )


def sent(ticket: UUID, message: UUID, **told: Any) -> Fact:
    return fact(Ticket.MessageSent, ticket, 2, message_id=message, by=ANNA, content=HELLO, **told)


def edited(message: UUID, ticket: UUID, version: int, text: str, piece: int | None = None) -> Fact:
    told = {"message_id": message, "version": version, "piece": piece}
    return fact(Ticket.MessageEdited, ticket, 3, content=HELLO | {"text": text}, **told)


async def test_a_message_reads_as_it_was_edited_last_and_keeps_every_version(
    questions: World,
) -> None:
    acme, other, ticket, said = (uuid4() for _ in range(4))
    for workspace in (acme, other):
        await questions.book.record(workspace, opened(ticket, 1), received(ticket, said))
    await questions.book.record(acme, edited(said, ticket, 2, "Where?"))
    await questions.book.record(acme, edited(said, ticket, 3, "Where is it now?"))
    await questions.know("messages")
    messages = questions.models.messages
    (row,) = (await messages.thread(acme, ticket)).rows
    assert (row.text, row.version) == ("Where is it now?", 3)
    at = [NOON + timedelta(minutes=n) for n in (1, 3, 3)]
    texts = [HELLO["text"], "Where?", "Where is it now?"]
    assert (await messages.versions(acme, [said]))[said] == [
        VersionRow(said, n, at[n - 1], texts[n - 1]) for n in (1, 2, 3)
    ]
    assert (await messages.versions(other, [said, uuid4()]))[said] == []
    (theirs,) = (await messages.thread(other, ticket)).rows
    assert (theirs.text, theirs.version) == (HELLO["text"], 1)


async def test_an_album_is_known_by_its_items_and_edited_item_by_item(questions: World) -> None:
    acme, ticket, said = uuid4(), uuid4(), uuid4()
    pieces = [
        {"message_id": 30 + n, "kind": "photo", "file_id": f"f{n}", "text": text}
        for n, text in enumerate(("front", "back"))
    ]
    content = {"kind": "album", "text": "", "pieces": pieces}
    written = fact(
        Ticket.MessageReceived,
        ticket,
        message_id=said,
        content=HELLO | content,
        place=place(PRIVATE, 30),
    )
    arrived = fact(
        Ticket.MessageDelivered,
        ticket,
        message_id=said,
        place=place(GROUP, 60, bot_id=2),
        pieces=[60, 61],
    )
    await questions.book.record(
        acme, opened(ticket, 1), written, arrived, edited(said, ticket, 2, "the back", piece=1)
    )
    await questions.know("messages")
    messages = questions.models.messages
    (row,) = (await messages.thread(acme, ticket)).rows
    assert [piece["text"] for piece in row.pieces] == ["front", "the back"]
    assert [version.text for version in (await messages.versions(acme, [said]))[said]] == [
        "front\nback",
        "front\nthe back",
    ]
    standing = [
        await messages.by_place(acme, 1, chat, number)
        for chat, number in ((PRIVATE, 30), (PRIVATE, 31), (GROUP, 60), (GROUP, 61), (GROUP, 62))
    ]
    assert standing == [
        Standing(ticket, said, 0, False, "in", None),
        Standing(ticket, said, 1, False, "in", None),
        Standing(ticket, said, 0, True, "in", None),
        Standing(ticket, said, 1, True, "in", None),
        None,
    ]


async def test_in_a_group_every_bot_knows_a_message_in_a_private_chat_its_own_alone(
    questions: World,
) -> None:
    acme, other, ticket, said, answer = (uuid4() for _ in range(5))
    facts = (
        opened(ticket, 1),
        received(ticket, said),
        fact(Ticket.MessageDelivered, ticket, message_id=said, place=place(GROUP, 50, bot_id=2)),
        sent(ticket, answer, place=place(GROUP, 51, bot_id=3)),
        fact(Ticket.MessageDelivered, ticket, message_id=answer, place=place(PRIVATE, 9, bot_id=1)),
    )
    await questions.book.record(acme, *facts)
    await questions.know("messages")
    by_place = questions.models.messages.by_place
    for bot_id in (1, 2, 3):
        question, comment = [await by_place(acme, bot_id, GROUP, number) for number in (50, 51)]
        assert question == Standing(ticket, said, None, True, "in", None)
        assert comment == Standing(ticket, answer, None, False, "out", ANNA)
    assert await by_place(acme, 1, PRIVATE, 9) == Standing(ticket, answer, None, True, "out", ANNA)
    assert await by_place(acme, 2, PRIVATE, 9) is None
    assert await by_place(other, 1, GROUP, 50) is None


async def test_a_message_tells_what_it_replies_to_who_reacted_and_when_it_was_withdrawn(
    questions: World,
) -> None:
    acme, ticket, said, answer = (uuid4() for _ in range(4))

    def reacted(by: UUID | None, *emoji: str) -> Fact:
        told = {"message_id": answer, "by": by, "emoji": emoji}
        return fact(Ticket.ReactionChanged, ticket, 4, **told)

    await questions.book.record(
        acme,
        opened(ticket, 1),
        received(ticket, said, content={"kind": "dice", "details": {"emoji": "🎲", "value": 5}}),
        sent(ticket, answer, place=None, reply_to=said, quote="Where"),
        reacted(None, "👍"),
        reacted(ANNA, "🔥", "❤"),
        reacted(BORIS, "👎"),
        reacted(BORIS),
        fact(Ticket.MessageWithdrawn, ticket, 5, message_id=said, by=None),
    )
    await questions.know("messages")
    messages = questions.models.messages
    first, second = (await messages.thread(acme, ticket)).rows
    assert (first.kind, first.details) == ("dice", {"emoji": "🎲", "value": 5})
    assert first.withdrawn_at == NOON + timedelta(minutes=5)
    assert (second.reply_to, second.quote) == (said, "Where")
    assert second.reactions == [
        {"by": None, "emoji": ["👍"]},
        {"by": str(ANNA), "emoji": ["🔥", "❤"]},
    ]
    for_client = await messages.thread(acme, ticket, for_client=True)
    assert [row.message_id for row in for_client.rows] == [answer]
    pages = await messages.threads(acme, [ticket], for_client=True, first=5)
    assert [row.message_id for row in pages[ticket].rows] == [answer]


async def test_a_page_for_a_client_is_filled_with_what_they_may_see(questions: World) -> None:
    acme, ticket = uuid4(), uuid4()
    ids = [uuid4() for _ in range(4)]
    note = {"by": ANNA, "content": HELLO, "place": None}
    facts = [fact(Ticket.NoteAdded, ticket, message_id=uuid4(), **note) for _ in range(5)] + [
        received(ticket, id) for id in ids
    ]
    await questions.book.record(acme, opened(ticket, 1), *facts)
    await questions.know("messages")
    messages = questions.models.messages
    page = await messages.thread(acme, ticket, for_client=True, first=2)
    assert [row.message_id for row in page.rows] == ids[:2]
    assert page.more
    rest = await messages.thread(acme, ticket, for_client=True, first=2, after=page.rows[-1].cursor)
    assert [row.message_id for row in rest.rows] == ids[2:]
    assert not rest.more


async def test_a_message_that_moved_is_delivered_where_it_stands_now(questions: World) -> None:
    acme, ticket, said = uuid4(), uuid4(), uuid4()
    await questions.book.record(acme, opened(ticket, 1), received(ticket, said))
    failed = fact(Ticket.DeliveryFailed, ticket, 2, message_id=said, reason="topic is gone")
    for ending in (failed, arrived(ticket, said, 61), arrived(ticket, said, 62)):
        await questions.book.record(acme, ending)
        await questions.know("messages")  # each in a transaction of its own
    (row,) = (await questions.models.messages.thread(acme, ticket)).rows
    assert (row.failure, row.delivered_chat_id, row.delivered_telegram_id) == (None, GROUP, 62)
    assert await questions.models.messages.by_place(acme, 2, GROUP, 61) is not None


def arrived(ticket: UUID, message: UUID, telegram_id: int) -> Fact:
    there = place(GROUP, telegram_id, bot_id=2)
    return fact(Ticket.MessageDelivered, ticket, 3, message_id=message, place=there)
