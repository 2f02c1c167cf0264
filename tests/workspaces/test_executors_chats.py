"""A company shows orders to executors: a third bot, and the groups where it does."""

import pytest

from application.desk import NotFound
from application.workspaces import (
    ConnectBot,
    DisconnectBot,
    LinkExecutorsChat,
    MigrateGroup,
    StartDesk,
    UnlinkExecutorsChat,
)
from domain.bots import BotRole, BotRoleIsTaken, BotWorksAlready
from domain.readiness import DeskIsNotReady
from domain.surfaces import ChatIsTheStaffs
from domain.workspaces import Workspace
from tests.facts import FOUNDED, READY, RUNNING, Fact
from tests.story import Story

BOT = Fact(Workspace.BotConnected, bot_id=30, role="executor", username="acme_orders_bot")
MASTERS = Fact(Workspace.ExecutorsChatLinked, chat_id=-400, title="Masters")
COURIERS = Fact(Workspace.ExecutorsChatLinked, chat_id=-500, title="Couriers")


async def test_a_third_bot_begins_to_work_for_the_company(story: Story) -> None:
    story.given(*READY)
    story.when(ConnectBot, bot_id=30, role=BotRole.EXECUTOR, username="acme_orders_bot")
    await story.then(BOT)


async def test_there_is_one_executors_bot_in_a_company(story: Story) -> None:
    story.given(*READY, BOT)
    story.when(ConnectBot, bot_id=31, role=BotRole.EXECUTOR, username="other_bot")
    await story.then_refused(BotRoleIsTaken)


async def test_the_client_bot_is_not_the_executors_too(story: Story) -> None:
    story.given(*READY)
    story.when(ConnectBot, bot_id=10, role=BotRole.EXECUTOR, username="acme_bot")
    await story.then_refused(BotWorksAlready)


async def test_a_running_desk_goes_on_without_its_executors_bot(story: Story) -> None:
    story.given(*RUNNING, BOT)
    story.when(DisconnectBot, bot_id=30)
    await story.then(Fact(Workspace.BotDisconnected, bot_id=30))


async def test_a_chat_of_executors_is_linked(story: Story) -> None:
    story.given(FOUNDED)
    story.when(LinkExecutorsChat, chat_id=-400, title="Masters")
    await story.then(MASTERS)


async def test_several_chats_may_be_linked(story: Story) -> None:
    story.given(FOUNDED, MASTERS)
    story.when(LinkExecutorsChat, chat_id=-500, title="Couriers")
    await story.then(COURIERS)


async def test_the_same_chat_again_is_no_news(story: Story) -> None:
    story.given(FOUNDED, MASTERS)
    story.when(LinkExecutorsChat, chat_id=-400, title="Masters")
    await story.then()


async def test_another_title_is_news(story: Story) -> None:
    story.given(FOUNDED, MASTERS)
    story.when(LinkExecutorsChat, chat_id=-400, title="All masters")
    await story.then(Fact(Workspace.ExecutorsChatLinked, chat_id=-400, title="All masters"))


async def test_the_group_where_the_staff_works_is_not_for_executors(story: Story) -> None:
    story.given(*READY)
    story.when(LinkExecutorsChat, chat_id=-200, title="Discussion")
    await story.then_refused(ChatIsTheStaffs)


async def test_a_chat_is_unlinked(story: Story) -> None:
    story.given(FOUNDED, MASTERS, COURIERS)
    story.when(UnlinkExecutorsChat, chat_id=-400)
    await story.then(Fact(Workspace.ExecutorsChatUnlinked, chat_id=-400))


async def test_unlinking_what_is_not_linked_is_no_news(story: Story) -> None:
    story.given(FOUNDED, MASTERS)
    story.when(UnlinkExecutorsChat, chat_id=-500)
    await story.then()


async def test_a_chat_is_followed_to_its_new_id(story: Story) -> None:
    story.given(*READY, MASTERS)
    story.when(MigrateGroup, from_id=-400, to_id=-1004)
    await story.then(Fact(Workspace.GroupMigrated, from_id=-400, to_id=-1004))


async def test_under_its_new_id_it_is_the_same_chat(story: Story) -> None:
    story.given(*READY, MASTERS, Fact(Workspace.GroupMigrated, from_id=-400, to_id=-1004))
    story.when(LinkExecutorsChat, chat_id=-1004, title="Masters")
    await story.then()


async def test_the_staffs_group_stays_when_an_executors_chat_gets_another_id(story: Story) -> None:
    story.given(*READY, MASTERS, Fact(Workspace.GroupMigrated, from_id=-400, to_id=-1004))
    story.when(LinkExecutorsChat, chat_id=-200, title="Discussion")
    await story.then_refused(ChatIsTheStaffs)


@pytest.mark.parametrize(
    "lacks", [[], ["executor_token_revoked"], ["executor_bot_not_in_chat"]], ids=str
)
async def test_a_desk_starts_without_what_only_executors_need(
    story: Story, lacks: list[str]
) -> None:
    story.given(*READY, BOT, Fact(Workspace.ReadinessChecked, lacks=lacks))
    story.when(StartDesk)
    await story.then(Fact(Workspace.Started))


async def test_it_does_not_start_when_something_else_is_broken_too(story: Story) -> None:
    lacks = ["channel_post_right", "executor_token_revoked"]
    story.given(*READY, BOT, Fact(Workspace.ReadinessChecked, lacks=lacks))
    story.when(StartDesk)
    await story.then_refused(DeskIsNotReady)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (LinkExecutorsChat, {"chat_id": -400, "title": "Masters"}),
        (UnlinkExecutorsChat, {"chat_id": -400}),
    ],
)
async def test_a_company_that_was_never_founded_is_not_found(
    story: Story, command: type[LinkExecutorsChat], told: dict[str, object]
) -> None:
    story.when(command, **told)
    await story.then_refused(NotFound)
