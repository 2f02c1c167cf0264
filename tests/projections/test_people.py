"""What roster, clients and workspaces answer; two companies never mix."""

from datetime import timedelta
from uuid import uuid4

from domain.clients import Client
from domain.staff import Person
from domain.tickets import Ticket
from domain.workspaces import Workspace
from projections.bots import BotRow
from projections.roster import PersonRow
from projections.rules import RulesRow
from projections.workspaces import WorkspaceRow
from tests.projections.conftest import World
from tests.projections.facts import NOON, fact
from tests.projections.test_tickets import ANNA, BORIS, KLARA, PAVEL, closed, opened, registered


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


async def test_the_roster_tells_roles_account_and_load(questions: World) -> None:
    acme, other = uuid4(), uuid4()
    one, two, three = (uuid4() for _ in range(3))
    joined = fact(Person.Joined, ANNA, name="Anna", roles=["manager"], telegram_id=500)
    await questions.book.record(
        acme,
        joined,
        fact(Person.Joined, BORIS, 1, name="Boris", roles=["manager"]),
        fact(Person.RolesChanged, ANNA, 2, roles=["manager", "admin"]),
        fact(Person.TelegramLinked, BORIS, 3, telegram_id=501, username="boris"),
        *(opened(id, n) for n, id in enumerate((one, two, three), start=1)),
        *(fact(Ticket.Claimed, id, 4, by=ANNA) for id in (one, two, three)),
        fact(Ticket.Transferred, two, 5, from_id=ANNA, to_id=BORIS, by=None, cause=""),
        closed(three, 6),
        fact(Person.PresenceStated, BORIS, 6, presence="break"),
        fact(Person.LanguageChosen, BORIS, 6, language="en"),
        fact(Person.Left, BORIS, 7),
    )
    await questions.book.record(other, joined)
    await questions.know("roster")
    roster = questions.models.roster
    anna = PersonRow(
        ANNA, "Anna", ["manager", "admin"], 500, None, True, NOON, "here", NOON, None, 1
    )
    came = NOON + minutes(1)
    boris = PersonRow(
        BORIS, "Boris", ["manager"], 501, "boris", False, came, "break", came + minutes(5), "en", 1
    )
    assert (await roster.page(acme)).rows == [anna, boris]
    assert (await roster.page(acme, working=True)).rows == [anna]
    assert (await roster.page(acme, first=1, after=anna.cursor)).rows == [boris]
    assert await roster.by_telegram(acme, 501) == boris
    assert await roster.by_telegram(other, 501) is None
    assert await roster.one(other, BORIS) is None
    theirs = await roster.one(other, ANNA)
    assert theirs is not None
    assert (theirs.roles, theirs.load) == (["manager"], 0)


async def test_clients_are_told_with_what_bars_them_and_their_tickets(questions: World) -> None:
    acme, other = uuid4(), uuid4()
    one, two = uuid4(), uuid4()
    for workspace in (acme, other):
        await questions.book.record(
            workspace,
            registered(KLARA, "Klara"),
            fact(Client.Registered, PAVEL, 1, bot_id=1, telegram_id=8, name="Pavel"),
        )
    await questions.book.record(
        acme,
        fact(Client.Renamed, KLARA, name="Klara Novak", username="klara"),
        fact(Client.ConversationChosen, KLARA, ticket_id=one),
        fact(Client.BecameUnreachable, KLARA, reason="blocked the bot"),
        fact(Client.Blocked, PAVEL, by=ANNA, reason="spam"),
        opened(one, 1),
        opened(two, 2),
        closed(two, 3),
    )
    await questions.know("clients")
    clients = questions.models.clients
    pavel, klara = (await clients.page(acme)).rows
    assert (klara.name, klara.username, klara.reachable) == ("Klara Novak", "klara", False)
    assert (klara.ticket_id, klara.tickets, klara.open_tickets) == (one, 2, 1)
    assert (pavel.blocked, pavel.tickets) == (True, 0)
    assert (await clients.page(acme, blocked=True)).rows == [pavel]
    assert (await clients.page(acme, after=pavel.cursor)).rows == [klara]
    assert await clients.by_telegram(acme, 7) == klara
    assert await clients.by_telegram(acme, 7, bot_id=2) is None
    theirs = await clients.one(other, KLARA)
    assert theirs is not None
    assert (theirs.name, theirs.reachable, theirs.tickets) == ("Klara", True, 0)

    await questions.book.record(
        acme,
        fact(Client.Unblocked, PAVEL, by=ANNA),
        fact(Client.BecameReachable, KLARA),
        fact(Ticket.Reopened, two, 9, by=KLARA, by_client=True, cycle=2),
    )
    await questions.know("clients")
    pavel, klara = (await clients.page(acme)).rows
    assert (pavel.blocked, klara.reachable, klara.open_tickets) == (False, True, 2)


async def test_a_workspace_tells_what_is_set_up_and_which_bot_works_for_whom(
    questions: World,
) -> None:
    acme, other = uuid4(), uuid4()
    bot, moved = uuid4().int >> 70, uuid4().int >> 70
    await questions.book.record(
        acme,
        fact(Workspace.Founded, acme, name="Acme", language="en"),
        fact(Workspace.BotConnected, acme, bot_id=bot, role="client", username="acme_bot"),
        fact(Workspace.BotConnected, acme, bot_id=moved, role="manager", username="staff_bot"),
        fact(Workspace.ChannelLinked, acme, channel_id=-100, group_id=-200),
        fact(Workspace.TopicsDefined, acme, topics=["Delivery", "Payment"]),
        fact(Workspace.Started, acme),
        fact(Workspace.BotDisconnected, acme, bot_id=moved),
    )
    await questions.book.record(
        other,
        fact(Workspace.Founded, other, name="Other"),
        fact(Workspace.BotConnected, other, bot_id=moved, role="client", username="staff_bot"),
        fact(Workspace.Started, other),
        fact(Workspace.Stopped, other),
    )
    await questions.know("workspaces")
    workspaces = questions.models.workspaces
    own = BotRow(bot, acme, "client", "acme_bot")
    usual = RulesRow.usual(acme)
    topics = ["Delivery", "Payment"]
    assert await workspaces.one(acme) == WorkspaceRow(
        acme, "Acme", "en", True, "channel", -100, -200, topics, [], [], NOON, [own], usual
    )
    theirs = await workspaces.one(other)
    assert theirs is not None
    assert (theirs.running, theirs.channel_id, theirs.language) == (False, None, "ru")
    assert await workspaces.one(uuid4()) is None
    assert await workspaces.by_bot(bot) == own
    assert await workspaces.by_bot(moved) == BotRow(moved, other, "client", "staff_bot")
    bots = await workspaces.bots()
    assert {row for row in bots if row.bot_id in {bot, moved}} == {
        own,
        BotRow(moved, other, "client", "staff_bot"),
    }
