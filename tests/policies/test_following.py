"""What follows by itself: tickets of those who left, places that moved, assignments, alarms."""

from typing import Any

import pytest

from application.alarms import Alarms
from application.assignments import Assignments, choose
from application.claims import AssignTicket, ReleaseTicket
from application.letters import ReadinessNotice
from application.moves import Moves
from application.ports import Colleague, Letter
from application.releases import Releases
from application.threads import ReplanThread
from domain.settings import Settings
from domain.staff import Person
from domain.surfaces import Surface
from domain.threads import Thread
from domain.tickets import Ticket
from domain.workspaces import Workspace
from tests.facts import (
    ANNA,
    BORIS,
    CLAIMED,
    CLOSED,
    OTHER_TICKET,
    SETTINGS,
    TICKET,
    WITH_TICKET,
    Fact,
)
from tests.past import WORKSPACE, consequences, letters

AUTOMATIC = (Fact(Settings.Begun), Fact(Settings.RoutingPolicySet, rule="automatic"))
OPEN = (*WITH_TICKET, Fact(Thread.Posted), Fact(Thread.Opened))


@pytest.mark.parametrize(
    "going",
    [Fact(Person.Left), Fact(Person.RolesChanged, roles=["admin"])],
    ids=["left", "manages no longer"],
)
async def test_the_tickets_of_whoever_goes_wait_for_somebody_else(going: Fact) -> None:
    [release] = await consequences(Releases(), *WITH_TICKET, *CLAIMED, going)
    assert isinstance(release, ReleaseTicket)
    assert (release.ticket_id, release.from_id) == (TICKET, ANNA)


async def test_a_reopened_ticket_of_whoever_has_left_waits_for_somebody_else() -> None:
    closed, reopened = (*WITH_TICKET, *CLAIMED, *CLOSED), Fact(Ticket.Reopened, cycle=2)
    assert await consequences(Releases(), *closed, reopened) == []
    [release] = await consequences(Releases(), *closed, Fact(Person.Left), reopened)
    assert isinstance(release, ReleaseTicket)
    assert (release.ticket_id, release.from_id) == (TICKET, ANNA)


@pytest.mark.parametrize(
    ("facts", "going"),
    [
        ((*WITH_TICKET, *CLAIMED, *CLOSED), Fact(Person.Left)),
        ((*WITH_TICKET, *CLAIMED), Fact(Person.Left, on=BORIS)),
        ((*WITH_TICKET, *CLAIMED), Fact(Person.RolesChanged, roles=["admin", "manager"])),
    ],
    ids=["closed", "somebody else's", "still a manager"],
)
async def test_other_tickets_stay_where_they_are(facts: tuple[Fact, ...], going: Fact) -> None:
    assert await consequences(Releases(), *facts, going) == []


@pytest.mark.parametrize(
    ("move", "surface"),
    [
        (Fact(Workspace.ChannelLinked, channel_id=-101, group_id=-201), Surface.CHANNEL),
        (Fact(Workspace.GroupLinked, group_id=-300, surface="forum"), Surface.FORUM),
        (Fact(Workspace.GroupMigrated, from_id=-200, to_id=-1002), Surface.CHANNEL),
    ],
    ids=["channel", "forum", "migration"],
)
async def test_open_tickets_go_along_when_the_company_moves(move: Fact, surface: Surface) -> None:
    [replan] = await consequences(Moves(), *OPEN, move)
    assert isinstance(replan, ReplanThread)
    assert (replan.ticket_id, replan.surface, replan.turn) == (TICKET, surface, 1)


async def test_closed_tickets_stay_where_they_were() -> None:
    move = Fact(Workspace.GroupLinked, group_id=-300, surface="group")
    assert await consequences(Moves(), *OPEN, *CLAIMED, *CLOSED, move) == []


async def test_a_ticket_that_stands_there_already_is_not_moved() -> None:
    moved = Fact(Workspace.GroupLinked, group_id=-300, surface="group")
    there = (Fact(Thread.Replanned, surface="group"), Fact(Thread.Opened, group_id=-300))
    again = Fact(Workspace.GroupMigrated, from_id=-300, to_id=-8)
    [replan] = await consequences(Moves(), *OPEN, moved, *there, again)
    assert isinstance(replan, ReplanThread)  # the group of the facts is -8 now
    assert await consequences(Moves(), *OPEN, moved, *there, moved) == []


async def test_no_ticket_moves_when_an_executors_chat_gets_another_id() -> None:
    linked = Fact(Workspace.ExecutorsChatLinked, chat_id=-7, title="Заказы")
    migrated = Fact(Workspace.GroupMigrated, from_id=-7, to_id=-8)
    assert await consequences(Moves(), *OPEN, linked, migrated) == []


async def test_where_it_is_wanted_a_new_ticket_goes_to_a_manager_who_is_here() -> None:
    gone = Fact(Person.PresenceStated, on=BORIS, presence="gone")
    [*before, opened, _planned] = WITH_TICKET
    [assign] = await consequences(Assignments(), *before, *AUTOMATIC, gone, opened)
    assert isinstance(assign, AssignTicket)
    assert (assign.ticket_id, assign.to_id) == (TICKET, ANNA)


@pytest.mark.proves("S1-33")
@pytest.mark.parametrize("rule", ["first_answer", "manual"])
async def test_otherwise_it_waits_for_whoever_takes_it(rule: str) -> None:
    [*before, opened, _planned] = WITH_TICKET
    settings = (Fact(Settings.Begun), Fact(Settings.RoutingPolicySet, rule=rule))
    assert await consequences(Assignments(), *before, *settings, opened) == []
    assert await consequences(Assignments(), *before, opened) == []
    assert settings[0].on == SETTINGS


SECOND = Fact(Ticket.Opened, on=OTHER_TICKET, number=2)
GONE = Fact(Person.PresenceStated, on=BORIS, presence="gone")
BACK = Fact(Person.PresenceStated, on=BORIS, presence="here")


@pytest.mark.parametrize(
    "facts",
    [(*AUTOMATIC, GONE, BACK), AUTOMATIC],
    ids=["somebody comes", "the company wants it so"],
)
async def test_what_waits_for_nobody_is_shared_out(facts: tuple[Fact, ...]) -> None:
    assigned = await consequences(Assignments(), *WITH_TICKET, SECOND, *facts)
    orders = [one for one in assigned if isinstance(one, AssignTicket)]
    assert {one.ticket_id for one in orders} == {TICKET, OTHER_TICKET}
    assert {one.to_id for one in orders} == {ANNA, BORIS}


async def test_whoever_comes_is_given_nothing_that_somebody_holds() -> None:
    assert await consequences(Assignments(), *WITH_TICKET, *CLAIMED, *AUTOMATIC, GONE, BACK) == []


def colleague(**told: Any) -> Colleague:
    usual: dict[str, Any] = {"presence": "here", "roles": ["manager"], "open_tickets": 0}
    return Colleague(**({"telegram_id": 1, "language": None} | usual | told))


def test_whoever_is_here_and_holds_the_fewest_is_chosen() -> None:
    anna = colleague(person_id=ANNA, open_tickets=3)
    boris = colleague(person_id=BORIS, open_tickets=2)
    assert choose([anna, boris], TICKET) == BORIS
    assert choose([anna, boris._replace(presence="break")], TICKET) == ANNA
    assert choose([anna._replace(roles=["admin"])], TICKET) is None
    equal = boris._replace(open_tickets=3)
    assert choose([anna, equal], TICKET) == choose([equal, anna], TICKET)


async def alarms(*facts: Fact, settings_bot: int | None = None) -> list[Letter]:
    return await letters(Alarms(settings_bot), *facts)


BROKEN = Fact(Workspace.ReadinessChecked, lacks=["channel_post_right"])
OWNED = (*WITH_TICKET, Fact(Person.RolesChanged, roles=["owner", "manager"]))


@pytest.mark.proves("S1-05")
async def test_the_owner_hears_what_is_broken_and_that_it_is_whole_again() -> None:
    [letter] = await alarms(*OWNED, BROKEN)
    assert (letter.bot_id, letter.chat_id) == (20, 500)
    assert letter.said == ReadinessNotice(WORKSPACE, "Acme", ["channel_post_right"])
    [whole] = await alarms(*OWNED, BROKEN, Fact(Workspace.ReadinessChecked, lacks=[]))
    assert whole.said == ReadinessNotice(WORKSPACE, "Acme", [])


async def test_the_settings_bot_tells_it_where_there_is_one() -> None:
    [letter] = await alarms(*OWNED, BROKEN, settings_bot=99)
    assert letter.bot_id == 99
    assert isinstance(letter.said, ReadinessNotice)
    assert letter.said.mendable


async def test_a_dead_manager_bot_is_told_of_by_the_other_bot() -> None:
    dead = Fact(Workspace.ReadinessChecked, lacks=["manager_token_revoked"])
    [letter] = await alarms(*OWNED, dead)
    assert letter.bot_id == 10


async def test_a_stopped_desk_alarms_nobody() -> None:
    assert await alarms(*OWNED, Fact(Workspace.Stopped), BROKEN) == []
    assert await alarms(*WITH_TICKET, BROKEN) == []  # nobody owns it


async def test_a_release_opens_the_ticket_to_an_assignment_again() -> None:
    facts = (*WITH_TICKET, *AUTOMATIC, *CLAIMED, Fact(Person.Left))
    [assign] = await consequences(Assignments(), *facts, Fact(Ticket.Released))
    assert isinstance(assign, AssignTicket)
    assert assign.to_id == BORIS
