"""Whom the settings bot knows as leaders: working owners and admins, wherever they are."""

from uuid import UUID, uuid4

import pytest

from domain.staff import Person
from projections.roster import LedWorkspace
from tests.projections.conftest import World
from tests.projections.facts import fact

OLGA, MAX = 71, 72  # Telegram accounts
pytestmark = pytest.mark.proves("S1-30")


async def test_somebody_leads_where_they_work_as_owner_or_admin(questions: World) -> None:
    acme, globex, hooli, left = (uuid4() for _ in range(4))
    people: dict[tuple[UUID, int], UUID] = {}
    joined = [
        (acme, OLGA, ["owner", "manager"]),
        (acme, MAX, ["manager"]),
        (globex, OLGA, ["admin"]),
        (globex, MAX, ["owner"]),
        (hooli, OLGA, ["manager"]),
        (left, OLGA, ["owner"]),
    ]
    for minutes, (workspace, account, roles) in enumerate(joined):
        person = people[workspace, account] = uuid4()
        about = {"name": "x", "roles": roles, "telegram_id": account}
        await questions.book.record(workspace, fact(Person.Joined, person, minutes, **about))
    await questions.book.record(left, fact(Person.Left, people[left, OLGA], 9))
    await questions.know("roster")
    roster = questions.models.roster
    assert await roster.workspaces_of(OLGA) == [
        LedWorkspace(acme, people[acme, OLGA], ["owner", "manager"]),
        LedWorkspace(globex, people[globex, OLGA], ["admin"]),
    ]
    assert await roster.leader(acme, MAX) is None
    assert await roster.leader(left, OLGA) is None
    found = await roster.leader(globex, OLGA)
    assert found is not None
    assert found.person_id == people[globex, OLGA]
