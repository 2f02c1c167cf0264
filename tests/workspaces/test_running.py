"""A desk runs only when everything is there, and stops when it is told to."""

import pytest

from application.desk import NotFound
from application.workspaces import StartDesk, StopDesk
from domain.readiness import DeskIsNotReady
from domain.workspaces import Workspace
from tests.facts import READY, RUNNING, Fact
from tests.story import Story


async def test_a_desk_with_two_bots_and_a_channel_starts(story: Story) -> None:
    story.given(*READY)
    story.when(StartDesk)
    await story.then(Fact(Workspace.Started))


@pytest.mark.parametrize("missing", READY[1:], ids=["client bot", "manager bot", "channel"])
async def test_a_desk_does_not_start_while_anything_is_missing(story: Story, missing: Fact) -> None:
    story.given(*(fact for fact in READY if fact is not missing))
    story.when(StartDesk)
    await story.then_refused(DeskIsNotReady)


async def test_a_desk_whose_bot_was_disconnected_does_not_start(story: Story) -> None:
    story.given(*READY, Fact(Workspace.BotDisconnected, bot_id=20))
    story.when(StartDesk)
    await story.then_refused(DeskIsNotReady)


async def test_starting_a_running_desk_is_no_news(story: Story) -> None:
    story.given(*RUNNING)
    story.when(StartDesk)
    await story.then()


async def test_a_running_desk_stops(story: Story) -> None:
    story.given(*RUNNING)
    story.when(StopDesk)
    await story.then(Fact(Workspace.Stopped))


async def test_stopping_a_stopped_desk_is_no_news(story: Story) -> None:
    story.given(*RUNNING, Fact(Workspace.Stopped))
    story.when(StopDesk)
    await story.then()


@pytest.mark.parametrize("command", [StartDesk, StopDesk])
async def test_a_desk_that_was_never_founded_is_not_found(
    story: Story, command: type[StartDesk]
) -> None:
    story.when(command)
    await story.then_refused(NotFound)
