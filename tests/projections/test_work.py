"""Who has what to do: priorities in the queue, released tickets, who is there, moved threads."""

from uuid import UUID, uuid4

from domain.clients import Client
from domain.staff import Person
from domain.threads import Thread, thread_of
from domain.tickets import Ticket
from tests.projections.conftest import World
from tests.projections.facts import fact
from tests.projections.test_tickets import (
    ANNA,
    BORIS,
    HELLO,
    KLARA,
    closed,
    opened,
    received,
    registered,
)


def claimed(ticket: UUID, by: UUID = ANNA) -> object:
    return fact(Ticket.Claimed, ticket, 1, by=by)


async def test_what_is_urgent_comes_first_and_then_who_waits_longest(questions: World) -> None:
    acme = uuid4()
    calm, late, early, low = ids = [uuid4() for _ in range(4)]
    await questions.book.record(
        acme,
        *(opened(id, n) for n, id in enumerate(ids, start=1)),
        received(early, 1),
        received(late, 5),
        received(low, 0),
        fact(Ticket.PriorityChanged, calm, priority="urgent", by=ANNA),
        fact(Ticket.PriorityChanged, low, priority="low", by=ANNA),
        fact(Ticket.Tagged, late, tag="vip", by=ANNA),
    )
    await questions.know("queue")
    queue = questions.models.queue
    rows = (await queue.waiting(acme)).rows
    assert [row.ticket_id for row in rows] == [calm, early, late, low]
    assert [row.priority for row in rows] == ["urgent", "normal", "normal", "low"]
    assert [row.tags for row in rows] == [[], [], ["vip"], []]
    seen, after = [], None
    while (page := await queue.waiting(acme, first=1, after=after)).rows:
        seen += [row.ticket_id for row in page.rows]
        after = page.rows[-1].cursor
    assert seen == [calm, early, late, low]


async def test_a_released_ticket_is_held_by_nobody_in_every_model(questions: World) -> None:
    acme, ticket, other = uuid4(), uuid4(), uuid4()
    joined = fact(Person.Joined, ANNA, name="Anna", roles=["manager"])
    await questions.book.record(
        acme, joined, opened(ticket, 1), opened(other, 2), claimed(ticket), claimed(other)
    )
    await questions.know()
    models = questions.models
    assert await models.tickets.held_by(acme, ANNA) == [ticket, other]
    released = fact(Ticket.Released, ticket, 2, from_id=ANNA, by=None, reason="gone")
    await questions.book.record(acme, released, closed(other, 3))
    await questions.know()
    row, person = await models.tickets.one(acme, ticket), await models.roster.one(acme, ANNA)
    assert row is not None
    assert person is not None
    assert (row.holder_id, person.load) == (None, 0)
    assert [one.ticket_id for one in (await models.queue.waiting(acme, unclaimed=True)).rows] == [
        ticket
    ]
    assert await models.tickets.held_by(acme, ANNA) == []
    assert await models.tickets.open_ids(acme) == [ticket]
    assert await models.tickets.open_ids(uuid4()) == []


async def test_who_works_here_is_told_with_what_they_may_do_and_whether_they_are_here(
    questions: World,
) -> None:
    acme, other, olga = uuid4(), uuid4(), uuid4()
    await questions.book.record(
        acme,
        fact(Person.Joined, ANNA, name="Anna", roles=["manager"]),
        fact(Person.Joined, BORIS, 1, name="Boris", roles=["owner", "manager"]),
        fact(Person.Joined, olga, 2, name="Olga", roles=["admin"]),
        fact(Person.PresenceStated, BORIS, 3, presence="gone"),
    )
    await questions.know("roster")
    working = questions.models.roster.working
    assert [(row.name, row.roles, row.presence, row.load) for row in await working(acme)] == [
        ("Anna", ["manager"], "here", 0),
        ("Boris", ["owner", "manager"], "gone", 0),
        ("Olga", ["admin"], "here", 0),
    ]
    await questions.book.record(acme, fact(Person.Left, ANNA, 4))
    await questions.know("roster")
    assert [row.name for row in await working(acme)] == ["Boris", "Olga"]
    assert await working(other) == []


async def test_a_thread_that_moved_is_found_at_its_new_place_alone(questions: World) -> None:
    acme, ticket = uuid4(), uuid4()
    thread = thread_of(ticket)
    card = {"bot_id": 20, "chat_id": -200, "message_id": 9}
    await questions.book.record(
        acme,
        opened(ticket, 1),
        fact(Thread.Planned, thread, ticket_id=ticket, number=1),
        fact(Thread.Posted, thread, channel_id=-100, post_id=3),
        fact(Thread.Opened, thread, group_id=-200, root_id=8, post_id=3),
        fact(Thread.CardShown, thread, place=card),
        fact(Thread.Missed, thread),
        fact(Thread.Replanned, thread, surface="forum", reason="moved"),
    )
    await questions.know("tickets")
    tickets = questions.models.tickets
    row = await tickets.one(acme, ticket)
    assert row is not None
    assert row.surface == "forum"
    assert not row.thread_missed
    places = (row.channel_id, row.post_id, row.group_id, row.root_id, row.card_message_id)
    assert places == (None,) * 5
    assert await tickets.by_thread(acme, -200, 8) is None
    assert await tickets.by_thread(acme, -200, 9) is None
    again = fact(Thread.Opened, thread, group_id=-300, root_id=1, post_id=None)
    await questions.book.record(acme, again)
    await questions.know("tickets")
    found = await tickets.by_thread(acme, -300, 1)
    assert found is not None
    assert found.ticket_id == ticket


async def test_a_client_is_told_with_what_waits_for_their_word(questions: World) -> None:
    acme, ticket = uuid4(), uuid4()

    async def klara(*facts: object) -> tuple[str | None, int, str, str]:
        await questions.book.record(acme, *facts)  # type: ignore[arg-type]
        await questions.know("clients")
        row = await questions.models.clients.one(acme, KLARA)
        assert row is not None
        return row.topic, row.held, row.language, row.blocked_reason

    held = fact(Client.MessageHeld, KLARA, message_id=uuid4(), content=HELLO, asked="topic")
    assert await klara(registered(KLARA, "Klara"), held, held) == (None, 2, "ru", "")
    topic = fact(Client.TopicChosen, KLARA, topic="Delivery")
    assert await klara(topic) == ("Delivery", 2, "ru", "")
    placed = fact(Client.MessagesPlaced, KLARA, ticket_id=ticket)
    chosen = fact(Client.ConversationChosen, KLARA, ticket_id=ticket)
    assert await klara(placed, chosen) == (None, 0, "ru", "")
    language = fact(Client.LanguageChosen, KLARA, language="en")
    blocked = fact(Client.Blocked, KLARA, 4, by=ANNA, reason="spam")
    assert await klara(language, blocked) == (None, 0, "en", "spam")
    assert await klara(fact(Client.Unblocked, KLARA, by=None)) == (None, 0, "en", "")


async def test_the_last_tickets_of_each_client_come_newest_first(questions: World) -> None:
    acme, other, pavel = uuid4(), uuid4(), uuid4()
    ids = [uuid4() for _ in range(4)]
    for workspace in (acme, other):
        await questions.book.record(
            workspace,
            *(opened(id, n, pavel if n == 3 else KLARA) for n, id in enumerate(ids, start=1)),
        )
    await questions.know("tickets")
    last = await questions.models.tickets.last(acme, [KLARA, pavel, uuid4()], first=2)
    assert [[row.number for row in rows] for rows in last.values()] == [[4, 2], [3], []]


async def test_a_rating_keeps_the_words_that_came_later(questions: World) -> None:
    acme, ticket = uuid4(), uuid4()
    await questions.book.record(
        acme,
        opened(ticket, 1),
        closed(ticket, 1),
        fact(Ticket.Rated, ticket, 2, cycle=1, stars=4),
        fact(Ticket.RatingCommented, ticket, 3, cycle=1, comment="quick"),
    )
    await questions.know("tickets")
    (cycle,) = (await questions.models.tickets.cycles(acme, [ticket]))[ticket]
    assert (cycle.stars, cycle.comment) == (4, "quick")
