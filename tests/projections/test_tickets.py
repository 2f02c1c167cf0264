"""The tickets of a workspace: lists, one of them, their threads' places and their cycles."""

from datetime import timedelta
from uuid import UUID, uuid4

from domain.clients import Client
from domain.threads import Thread, thread_of
from domain.tickets import Ticket
from projections.cycles import CycleRow
from projections.ticket_rows import TicketRow
from projections.tickets import Wanted
from tests.projections.conftest import World
from tests.projections.facts import NOON, Fact, fact

ANNA, BORIS, KLARA, PAVEL = (uuid4() for _ in range(4))
HELLO = {"kind": "text", "text": "Where is it?", "entities": [], "file_id": None, "file_name": None}


def opened(ticket: UUID, number: int, client: UUID = KLARA, minute: float = 0) -> Fact:
    return fact(Ticket.Opened, ticket, minute, number=number, client_id=client, topic="Delivery")


def received(ticket: UUID, minute: float) -> Fact:
    told = {"message_id": uuid4(), "content": HELLO, "place": None}
    return fact(Ticket.MessageReceived, ticket, minute, **told)


def answered(ticket: UUID, minute: float) -> Fact:
    told = {"message_id": uuid4(), "by": ANNA, "content": HELLO, "place": None}
    return fact(Ticket.MessageSent, ticket, minute, **told)


def registered(client: UUID, name: str) -> Fact:
    return fact(Client.Registered, client, bot_id=1, telegram_id=7, name=name)


def closed(ticket: UUID, minute: float, cycle: int = 1) -> Fact:
    return fact(Ticket.Closed, ticket, minute, by=ANNA, by_client=False, cycle=cycle)


async def test_a_ticket_tells_who_wrote_who_holds_it_and_since_when_the_client_waits(
    questions: World,
) -> None:
    acme, other, ticket, its_twin = (uuid4() for _ in range(4))
    for workspace, one, name in ((acme, ticket, "Klara"), (other, its_twin, "Somebody else")):
        await questions.book.record(
            workspace,
            registered(KLARA, name),
            opened(one, 1),
            received(one, 1),
            received(one, 2),
            fact(Ticket.Claimed, one, 3, by=ANNA),
        )
    await questions.know("tickets")
    row = await questions.models.tickets.one(acme, ticket)
    assert row == TicketRow(
        ticket_id=ticket,
        number=1,
        client_id=KLARA,
        client_name="Klara",
        topic="Delivery",
        status="open",
        holder_id=ANNA,
        opened_at=NOON,
        closed_at=None,
        cycle=1,
        stars=None,
        last_message_at=NOON + timedelta(minutes=2),
        waiting_since=NOON + timedelta(minutes=1),
        priority="normal",
        tags=[],
        channel_id=None,
        post_id=None,
        group_id=None,
        root_id=None,
        thread_missed=False,
        surface="channel",
        card_bot_id=None,
        card_chat_id=None,
        card_message_id=None,
    )
    assert await questions.models.tickets.one(acme, its_twin) is None


async def test_an_answer_ends_the_waiting_and_a_new_name_is_shown_at_once(questions: World) -> None:
    acme, ticket = uuid4(), uuid4()
    await questions.book.record(
        acme,
        registered(KLARA, "Klara"),
        opened(ticket, 1),
        received(ticket, 1),
        answered(ticket, 2),
    )
    await questions.book.record(acme, fact(Client.Renamed, KLARA, name="Klara Novak"))
    await questions.know("tickets")
    row = await questions.models.tickets.by_number(acme, 1)
    assert row is not None
    assert (row.client_name, row.waiting_since) == ("Klara Novak", None)
    assert row.last_message_at == NOON + timedelta(minutes=2)


async def test_lists_are_narrowed_and_paged_from_the_newest(questions: World) -> None:
    acme, other = uuid4(), uuid4()
    ids = [uuid4() for _ in range(5)]
    for workspace in (acme, other):
        facts = [opened(id, n, PAVEL if n == 2 else KLARA) for n, id in enumerate(ids, start=1)]
        await questions.book.record(workspace, *facts, fact(Ticket.Claimed, ids[2], 1, by=BORIS))
    await questions.book.record(acme, closed(ids[4], 5))
    await questions.know("tickets")
    tickets = questions.models.tickets

    first = await tickets.page(acme, first=2)
    assert [row.number for row in first.rows] == [5, 4]
    assert first.more
    second = await tickets.page(acme, first=3, after=first.rows[-1].cursor)
    assert [row.number for row in second.rows] == [3, 2, 1]
    assert not second.more
    assert [row.number for row in (await tickets.page(acme, wanted=Wanted("closed"))).rows] == [5]
    assert (await tickets.page(other, wanted=Wanted("closed"))).rows == []
    assert [
        row.number for row in (await tickets.page(acme, wanted=Wanted(holder_id=BORIS))).rows
    ] == [3]
    assert [
        row.number for row in (await tickets.page(acme, wanted=Wanted(client_id=PAVEL))).rows
    ] == [2]
    many = await tickets.many(acme, [ids[0], ids[1], uuid4()])
    assert {row.number for row in many} == {1, 2}
    assert (await tickets.page(acme, first=0)).rows == []


async def test_a_ticket_is_found_by_its_thread_whatever_telegram_told_first(
    questions: World,
) -> None:
    acme, other, ticket = uuid4(), uuid4(), uuid4()
    thread = thread_of(ticket)
    card = {"bot_id": 20, "chat_id": -200, "message_id": 9}
    for workspace in (acme, other):
        await questions.book.record(
            workspace,
            fact(Thread.Planned, thread, ticket_id=ticket, number=1),
            fact(Thread.Opened, thread, group_id=-200, root_id=8, post_id=3),
            fact(Thread.Posted, thread, channel_id=-100, post_id=3),
            fact(Thread.CardShown, thread, place=card),
        )
    await questions.book.record(acme, opened(ticket, 1))
    await questions.know("tickets")
    row = await questions.models.tickets.by_thread(acme, -200, 8)
    assert row is not None
    assert row.ticket_id == ticket
    assert (row.channel_id, row.post_id, row.group_id, row.root_id) == (-100, 3, -200, 8)
    assert (row.card_bot_id, row.card_chat_id, row.card_message_id) == (20, -200, 9)
    assert await questions.models.tickets.by_thread(other, -200, 8) is None
    assert await questions.models.tickets.by_thread(acme, -200, 9) == row  # its card
    assert await questions.models.tickets.by_thread(acme, -200, 3) is None


async def test_a_missed_discussion_is_told(questions: World) -> None:
    acme, ticket = uuid4(), uuid4()
    thread = thread_of(ticket)
    await questions.book.record(
        acme,
        opened(ticket, 1),
        fact(Thread.Planned, thread, ticket_id=ticket, number=1),
        fact(Thread.Missed, thread),
    )
    await questions.know("tickets")
    row = await questions.models.tickets.one(acme, ticket)
    assert row is not None
    assert row.thread_missed


async def test_each_cycle_keeps_its_closing_and_its_rating(questions: World) -> None:
    acme, other, ticket = uuid4(), uuid4(), uuid4()
    facts = (
        opened(ticket, 1),
        fact(Ticket.Transferred, ticket, 1, from_id=None, to_id=BORIS, by=None, cause="shift"),
        closed(ticket, 10),
        fact(Ticket.Rated, ticket, 11, cycle=1, stars=2, comment="slow"),
        fact(Ticket.Reopened, ticket, 20, by=KLARA, by_client=True, cycle=2),
    )
    await questions.book.record(acme, *facts)
    await questions.book.record(other, opened(ticket, 1))
    await questions.know("tickets")
    at = [NOON + timedelta(minutes=n) for n in (0, 10, 20)]
    cycles = await questions.models.tickets.cycles(acme, [ticket])
    assert cycles[ticket] == [
        CycleRow(ticket, 1, at[0], KLARA, at[1], ANNA, by_client=False, stars=2, comment="slow"),
        CycleRow(ticket, 2, at[2], KLARA, None, None, by_client=False, stars=None, comment=""),
    ]
    row = await questions.models.tickets.one(acme, ticket)
    assert row is not None
    assert (row.status, row.cycle, row.stars, row.closed_at) == ("open", 2, None, None)
    assert row.holder_id == BORIS
