"""Clients become known, are barred and admitted again, go out of reach and come back."""

from dataclasses import replace

import pytest

from application.clients import BlockClient, MarkUnreachable, RegisterClient, UnblockClient
from application.desk import NotFound
from domain.clients import Client, ClientIsBlocked
from domain.staff import NotAManager, Person, PersonHasLeft
from tests.facts import ANNA, AT_WORK, KLARA, PROFILE_OF_KLARA, REGISTERED, STRANGER, Fact
from tests.story import Story

BLOCKED = Fact(Client.Blocked, reason="insults")
UNREACHABLE = Fact(Client.BecameUnreachable, reason="bot was blocked by the user")


async def test_who_starts_the_client_bot_becomes_known(story: Story) -> None:
    story.when(RegisterClient, profile=PROFILE_OF_KLARA)
    await story.then(REGISTERED)
    await story.then_answered(client=KLARA)


async def test_who_starts_the_bot_again_is_known_already(story: Story) -> None:
    story.given(REGISTERED)
    story.when(RegisterClient, profile=PROFILE_OF_KLARA)
    await story.then()
    await story.then_answered(client=KLARA)


async def test_a_client_is_known_by_the_name_that_telegram_shows_now(story: Story) -> None:
    story.given(REGISTERED)
    story.when(RegisterClient, profile=replace(PROFILE_OF_KLARA, name="Klara K."))
    await story.then(Fact(Client.Renamed, name="Klara K.", username="klara"))


async def test_a_blocked_client_who_starts_the_bot_is_told_so(story: Story) -> None:
    story.given(REGISTERED, BLOCKED)
    story.when(RegisterClient, profile=PROFILE_OF_KLARA)
    await story.then_refused(ClientIsBlocked)


async def test_a_client_who_was_out_of_reach_is_back_when_they_write(story: Story) -> None:
    story.given(REGISTERED, UNREACHABLE)
    story.when(RegisterClient, profile=PROFILE_OF_KLARA)
    await story.then(Fact(Client.BecameReachable))


async def test_a_manager_blocks_a_client(story: Story) -> None:
    story.given(*AT_WORK, REGISTERED)
    story.when(BlockClient, client_id=KLARA, by=ANNA, reason="insults")
    await story.then(BLOCKED)


async def test_blocking_twice_is_no_news(story: Story) -> None:
    story.given(*AT_WORK, REGISTERED, BLOCKED)
    story.when(BlockClient, client_id=KLARA, by=ANNA, reason="more insults")
    await story.then()


async def test_a_manager_unblocks_a_client(story: Story) -> None:
    story.given(*AT_WORK, REGISTERED, BLOCKED)
    story.when(UnblockClient, client_id=KLARA, by=ANNA)
    await story.then(Fact(Client.Unblocked))


async def test_unblocking_who_is_not_blocked_is_no_news(story: Story) -> None:
    story.given(*AT_WORK, REGISTERED)
    story.when(UnblockClient, client_id=KLARA, by=ANNA)
    await story.then()


async def test_a_client_goes_out_of_reach(story: Story) -> None:
    story.given(REGISTERED)
    story.when(MarkUnreachable, client_id=KLARA, reason="bot was blocked by the user")
    await story.then(UNREACHABLE)


async def test_out_of_reach_twice_is_no_news(story: Story) -> None:
    story.given(REGISTERED, UNREACHABLE)
    story.when(MarkUnreachable, client_id=KLARA, reason="user is deactivated")
    await story.then()


BY_A_MANAGER = pytest.mark.parametrize("command", [BlockClient, UnblockClient])


@BY_A_MANAGER
async def test_who_is_no_manager_neither_blocks_nor_unblocks(
    story: Story, command: type[BlockClient]
) -> None:
    story.given(*AT_WORK, Fact(Person.RolesChanged, roles=["admin"]), REGISTERED)
    story.when(command, client_id=KLARA, by=ANNA)
    await story.then_refused(NotAManager)


@BY_A_MANAGER
async def test_who_has_left_neither_blocks_nor_unblocks(
    story: Story, command: type[BlockClient]
) -> None:
    story.given(*AT_WORK, Fact(Person.Left), REGISTERED)
    story.when(command, client_id=KLARA, by=ANNA)
    await story.then_refused(PersonHasLeft)


@BY_A_MANAGER
async def test_a_stranger_neither_blocks_nor_unblocks(
    story: Story, command: type[BlockClient]
) -> None:
    story.given(*AT_WORK, REGISTERED)
    story.when(command, client_id=KLARA, by=STRANGER)
    await story.then_refused(NotFound)


@pytest.mark.parametrize(
    ("command", "told"),
    [(BlockClient, {"by": ANNA}), (UnblockClient, {"by": ANNA}), (MarkUnreachable, {"reason": ""})],
)
async def test_who_never_wrote_is_not_found(
    story: Story, command: type[BlockClient], told: dict[str, object]
) -> None:
    story.given(*AT_WORK)
    story.when(command, client_id=KLARA, **told)
    await story.then_refused(NotFound)
