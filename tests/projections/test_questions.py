"""What messages, queue and claims answer; two companies never mix."""

from datetime import timedelta
from uuid import UUID, uuid4

from domain.tickets import Ticket
from projections.claims import ClaimTotals
from projections.messages import Standing
from projections.queue import QueueTotals
from tests.projections.conftest import World
from tests.projections.facts import NOON, Fact, fact
from tests.projections.test_tickets import (
    ANNA,
    BORIS,
    HELLO,
    KLARA,
    answered,
    closed,
    opened,
    received,
    registered,
)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def place(bot_id: int, message_id: int) -> dict[str, int]:
    return {"bot_id": bot_id, "chat_id": 7, "message_id": message_id}


async def test_a_thread_holds_what_was_said_in_order_and_what_became_of_it(
    questions: World,
) -> None:
    acme, other, ticket = uuid4(), uuid4(), uuid4()
    said, replied, noted = uuid4(), uuid4(), uuid4()
    for workspace in (acme, other):
        await questions.book.record(
            workspace,
            opened(ticket, 1),
            fact(
                Ticket.MessageReceived, ticket, 1, message_id=said, content=HELLO, place=place(1, 5)
            ),
            fact(Ticket.MessageDelivered, ticket, 2, message_id=said, place=place(2, 50)),
            fact(
                Ticket.MessageSent,
                ticket,
                3,
                message_id=replied,
                by=ANNA,
                content=HELLO | {"kind": "photo", "file_id": "f", "entities": [{"type": "bold"}]},
                place=None,
            ),
            fact(Ticket.DeliveryFailed, ticket, 4, message_id=replied, reason="blocked"),
        )
    told = {"message_id": noted, "by": BORIS, "content": HELLO, "place": None}
    await questions.book.record(acme, fact(Ticket.NoteAdded, ticket, 5, **told))
    await questions.know("messages")
    messages = questions.models.messages

    thread = await messages.thread(acme, ticket)
    assert [(m.message_id, m.way, m.by) for m in thread.rows] == [
        (said, "in", None),
        (replied, "out", ANNA),
        (noted, "note", BORIS),
    ]
    first, second, third = thread.rows
    assert (first.bot_id, first.chat_id, first.telegram_id) == (1, 7, 5)
    assert first.delivered_at == NOON + minutes(2)
    assert (first.delivered_bot_id, first.delivered_telegram_id) == (2, 50)
    assert (second.kind, second.file_id, second.entities) == ("photo", "f", [{"type": "bold"}])
    assert (second.delivered_at, second.failure) == (None, "blocked")
    assert (third.text, third.delivered_at, third.failure) == (HELLO["text"], None, None)

    page = await messages.thread(acme, ticket, first=1, after=first.cursor)
    assert [m.message_id for m in page.rows] == [replied]
    assert page.more
    both = await messages.threads(acme, [ticket, uuid4()], first=2)
    assert [len(page.rows) for page in both.values()] == [2, 0]
    assert [page.more for page in both.values()] == [True, False]
    assert [m.way for m in await messages.many(acme, [noted])] == ["note"]
    assert await messages.many(other, [noted]) == []


async def test_a_reply_finds_its_ticket_by_what_was_written_or_delivered_there(
    questions: World,
) -> None:
    acme, other, ticket, said = (uuid4() for _ in range(4))
    told = {"message_id": said, "content": HELLO, "place": place(1, 5)}
    await questions.book.record(
        acme,
        opened(ticket, 1),
        fact(Ticket.MessageReceived, ticket, **told),
        fact(Ticket.MessageDelivered, ticket, message_id=said, place=place(2, 50)),
    )
    await questions.know("messages")
    by_place = questions.models.messages.by_place
    assert await by_place(acme, 1, 7, 5) == Standing(ticket, said, None, False, "in", None)
    assert await by_place(acme, 2, 7, 50) == Standing(ticket, said, None, True, "in", None)
    assert await by_place(acme, 1, 7, 50) is None
    assert await by_place(other, 1, 7, 5) is None


async def test_the_queue_shows_who_waits_longest_first_and_the_answered_last(
    questions: World,
) -> None:
    acme, other = uuid4(), uuid4()
    late, early, calm, over = ids = [uuid4() for _ in range(4)]
    await questions.book.record(
        acme,
        registered(KLARA, "Klara"),
        *(opened(id, n) for n, id in enumerate(ids, start=1)),
        received(late, 9),
        received(early, 1),
        received(early, 8),
        fact(Ticket.Claimed, early, 2, by=ANNA),
        received(calm, 1),
        answered(calm, 2),
        received(over, 0),
        closed(over, 3),
    )
    await questions.book.record(other, opened(uuid4(), 1))
    await questions.know("queue")
    queue = questions.models.queue

    waiting = (await queue.waiting(acme)).rows
    assert [row.ticket_id for row in waiting] == [early, late, calm]
    assert (waiting[0].waiting_since, waiting[0].unanswered) == (NOON + minutes(1), 2)
    assert (waiting[0].client_name, waiting[2].waiting_since) == ("Klara", None)
    seen = []
    after = None
    while (page := await queue.waiting(acme, first=1, after=after)).rows:
        seen += [row.ticket_id for row in page.rows]
        after = page.rows[-1].cursor
    assert seen == [early, late, calm]
    assert [row.ticket_id for row in (await queue.waiting(acme, holder_id=ANNA)).rows] == [early]
    unclaimed = (await queue.waiting(acme, unclaimed=True)).rows
    assert [row.ticket_id for row in unclaimed] == [late, calm]
    assert await queue.totals(acme) == QueueTotals(3, 2, 2, NOON + minutes(1))
    assert await queue.totals(uuid4()) == QueueTotals(0, 0, 0, None)


async def test_a_reopened_ticket_is_in_the_queue_again(questions: World) -> None:
    acme, ticket = uuid4(), uuid4()
    again = fact(Ticket.Reopened, ticket, 5, by=KLARA, by_client=True, cycle=2)
    await questions.book.record(acme, opened(ticket, 1), closed(ticket, 3), again)
    await questions.know("queue")
    assert [row.number for row in (await questions.models.queue.waiting(acme)).rows] == [1]


async def test_every_attempt_to_claim_is_kept_with_its_latency_and_counted(
    questions: World,
) -> None:
    acme, other, ticket = uuid4(), uuid4(), uuid4()

    def attempt(by: UUID, outcome: str, minute: float) -> Fact:
        return fact(Ticket.ClaimAttempted, ticket, minute, by=by, outcome=outcome, holder_id=ANNA)

    for workspace in (acme, other):
        await questions.book.record(workspace, opened(ticket, 4), attempt(ANNA, "won", 1))
    await questions.book.record(acme, attempt(BORIS, "lost", 1.5), attempt(ANNA, "repeated", 2))
    await questions.know("claims")
    claims = questions.models.claims
    rows = (await claims.page(acme)).rows
    assert [(r.by, r.outcome, r.seconds) for r in rows] == [
        (ANNA, "repeated", 120.0),
        (BORIS, "lost", 90.0),
        (ANNA, "won", 60.0),
    ]
    assert {(r.ticket_id, r.number, r.holder_id) for r in rows} == {(ticket, 4, ANNA)}
    assert [r.by for r in (await claims.page(acme, outcome="lost")).rows] == [BORIS]
    assert len((await claims.page(acme, by=ANNA, first=1)).rows) == 1
    assert (await claims.page(acme, by=ANNA, first=1)).more
    assert len((await claims.page(acme, after=rows[0].cursor)).rows) == 2
    assert (await claims.page(acme, ticket_id=uuid4())).rows == []
    assert await claims.totals(acme) == [
        ClaimTotals(ANNA, 1, 0, 1),
        ClaimTotals(BORIS, 0, 1, 0),
    ]
    assert await claims.totals(other) == [ClaimTotals(ANNA, 1, 0, 0)]
