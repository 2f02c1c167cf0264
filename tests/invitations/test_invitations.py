"""A link lets one person in, once, in time."""

from datetime import timedelta
from uuid import uuid5

import pytest

from application.desk import Command, NotFound
from application.invitations import AcceptInvitation, InviteStaff, RevokeInvitation
from domain.invitations import Invitation, InvitationIsOver
from domain.staff import Person, Role
from tests.facts import ANNA, AT_WORK, CODE, INVITATION, NOON, Fact, names_in
from tests.story import Story

ISSUED = Fact(Invitation.Issued)
DARYA = {"name": "Darya", "telegram_id": 505, "username": "darya"}


@pytest.mark.proves("S1-07")
async def test_a_leader_invites_somebody(story: Story) -> None:
    story.given(*AT_WORK)
    story.when(
        InviteStaff,
        digest=CODE,
        roles=(Role.MANAGER,),
        expires_at=NOON + timedelta(hours=72),
        by=ANNA,
    )
    await story.then(ISSUED)


@pytest.mark.proves("S1-07")
async def test_whoever_has_the_link_joins_the_staff(story: Story) -> None:
    story.given(*AT_WORK, ISSUED)
    story.when(AcceptInvitation, digest=CODE, **DARYA)
    person = uuid5(names_in(story.workspace_id)[INVITATION], "person")
    await story.then(
        Fact(Invitation.Accepted, person_id=person), Fact(Person.Joined, on=person, **DARYA)
    )
    await story.then_answered(person=person)


@pytest.mark.proves("S1-07")
@pytest.mark.parametrize(
    ("facts", "hours"),
    [((Fact(Invitation.Accepted),), 1), ((Fact(Invitation.Revoked),), 1), ((), 72)],
    ids=["used", "taken back", "too old"],
)
async def test_a_link_lets_nobody_in_when_it_is_over(
    story: Story, facts: tuple[Fact, ...], hours: int
) -> None:
    story.given(*AT_WORK, ISSUED, *facts)
    story.when(AcceptInvitation, digest=CODE, at=NOON + timedelta(hours=hours), **DARYA)
    await story.then_refused(InvitationIsOver)


async def test_a_code_that_was_never_given_out_opens_nothing(story: Story) -> None:
    story.given(*AT_WORK, ISSUED)
    story.when(AcceptInvitation, digest="cd" * 32, **DARYA)
    await story.then_refused(NotFound)


@pytest.mark.parametrize(
    ("facts", "then"),
    [((), [Fact(Invitation.Revoked)]), ((Fact(Invitation.Accepted),), [])],
    ids=["waiting", "used"],
)
async def test_a_link_is_taken_back_while_nobody_used_it(
    story: Story, facts: tuple[Fact, ...], then: list[Fact]
) -> None:
    story.given(*AT_WORK, ISSUED, *facts)
    story.when(RevokeInvitation, invitation_id=INVITATION, by=ANNA)
    await story.then(*then)


def test_the_commands_keep_no_code_but_its_digest() -> None:
    fields = {*AcceptInvitation.__dataclass_fields__, *InviteStaff.__dataclass_fields__}
    assert "code" not in fields
    assert issubclass(AcceptInvitation, Command)
