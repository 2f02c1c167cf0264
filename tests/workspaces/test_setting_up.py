"""A company sets up its desk: bots, channel, topics."""

import pytest

from application.desk import NotFound
from application.workspaces import (
    ChangeLanguage,
    CheckReadiness,
    ConnectBot,
    DefineTopics,
    DisconnectBot,
    FoundWorkspace,
    LinkChannel,
    LinkGroup,
    MigrateGroup,
    StartDesk,
)
from domain.bots import BotRole, BotRoleIsTaken, BotWorksAlready
from domain.readiness import DeskIsNotReady
from domain.surfaces import Surface
from domain.workspaces import Workspace, WorkspaceExists
from tests.facts import FOUNDED, READY, RUNNING, Fact
from tests.story import Story

CLIENT_BOT = Fact(Workspace.BotConnected, bot_id=10, role="client", username="acme_bot")


async def test_a_company_begins_with_its_name_and_language(story: Story) -> None:
    story.when(FoundWorkspace, name="Acme", language="en")
    await story.then(Fact(Workspace.Founded, name="Acme", language="en"))


async def test_a_company_that_is_there_is_not_founded_again(story: Story) -> None:
    story.given(FOUNDED)
    story.when(FoundWorkspace, name="Acme")
    await story.then_refused(WorkspaceExists)


async def test_a_bot_begins_to_work_for_the_company(story: Story) -> None:
    story.given(FOUNDED)
    story.when(ConnectBot, bot_id=10, role=BotRole.CLIENT, username="acme_bot")
    await story.then(CLIENT_BOT)


async def test_connecting_the_same_bot_again_is_no_news(story: Story) -> None:
    story.given(FOUNDED, CLIENT_BOT)
    story.when(ConnectBot, bot_id=10, role=BotRole.CLIENT, username="acme_bot")
    await story.then()


async def test_a_bot_that_was_renamed_is_known_by_its_new_name(story: Story) -> None:
    story.given(FOUNDED, CLIENT_BOT)
    story.when(ConnectBot, bot_id=10, role=BotRole.CLIENT, username="acme_help_bot")
    await story.then(Fact(Workspace.BotConnected, bot_id=10, username="acme_help_bot"))


async def test_a_second_bot_in_the_same_role_is_refused(story: Story) -> None:
    story.given(FOUNDED, CLIENT_BOT)
    story.when(ConnectBot, bot_id=11, role=BotRole.CLIENT, username="rival_bot")
    await story.then_refused(BotRoleIsTaken)


async def test_a_role_is_free_again_when_its_bot_was_disconnected(story: Story) -> None:
    story.given(FOUNDED, CLIENT_BOT, Fact(Workspace.BotDisconnected, bot_id=10))
    story.when(ConnectBot, bot_id=11, role=BotRole.CLIENT, username="new_bot")
    await story.then(Fact(Workspace.BotConnected, bot_id=11, username="new_bot"))


async def test_a_bot_is_disconnected(story: Story) -> None:
    story.given(FOUNDED, CLIENT_BOT)
    story.when(DisconnectBot, bot_id=10)
    await story.then(Fact(Workspace.BotDisconnected, bot_id=10))


async def test_without_one_of_its_bots_a_running_desk_stops(story: Story) -> None:
    story.given(*RUNNING)
    story.when(DisconnectBot, bot_id=20)
    await story.then(Fact(Workspace.Stopped), Fact(Workspace.BotDisconnected, bot_id=20))


async def test_disconnecting_a_bot_that_does_not_work_here_is_no_news(story: Story) -> None:
    story.given(FOUNDED)
    story.when(DisconnectBot, bot_id=10)
    await story.then()


async def test_a_channel_is_linked_with_its_group(story: Story) -> None:
    story.given(FOUNDED)
    story.when(LinkChannel, channel_id=-100, group_id=-200)
    await story.then(Fact(Workspace.ChannelLinked, channel_id=-100, group_id=-200))


async def test_linking_the_same_channel_again_is_no_news(story: Story) -> None:
    story.given(FOUNDED, Fact(Workspace.ChannelLinked))
    story.when(LinkChannel, channel_id=-100, group_id=-200)
    await story.then()


async def test_topics_are_offered_in_the_order_given(story: Story) -> None:
    story.given(FOUNDED)
    story.when(DefineTopics, topics=("Payment", "Delivery"))
    await story.then(Fact(Workspace.TopicsDefined, topics=["Payment", "Delivery"]))


async def test_the_same_topics_are_no_news(story: Story) -> None:
    story.given(FOUNDED, Fact(Workspace.TopicsDefined))
    story.when(DefineTopics, topics=("Delivery", "Payment"))
    await story.then()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (ConnectBot, {"bot_id": 10, "role": BotRole.CLIENT, "username": "acme_bot"}),
        (DisconnectBot, {"bot_id": 10}),
        (LinkChannel, {"channel_id": -100, "group_id": -200}),
        (DefineTopics, {"topics": ()}),
    ],
)
async def test_a_company_that_was_never_founded_is_not_found(
    story: Story, command: type[ConnectBot], told: dict[str, object]
) -> None:
    story.when(command, **told)
    await story.then_refused(NotFound)


async def test_one_bot_does_not_work_in_both_roles(story: Story) -> None:
    story.given(FOUNDED, CLIENT_BOT)
    story.when(ConnectBot, bot_id=10, role=BotRole.MANAGER, username="acme_bot")
    await story.then_refused(BotWorksAlready)


@pytest.mark.parametrize("surface", [Surface.FORUM, Surface.GROUP])
async def test_tickets_may_stand_in_a_group_without_a_channel(
    story: Story, surface: Surface
) -> None:
    story.given(*READY)
    story.when(LinkGroup, group_id=-300, surface=surface)
    await story.then(Fact(Workspace.GroupLinked, group_id=-300, surface=str(surface)))


async def test_a_group_is_followed_to_its_new_id(story: Story) -> None:
    story.given(*READY)
    story.when(MigrateGroup, from_id=-200, to_id=-1002)
    await story.then(Fact(Workspace.GroupMigrated, from_id=-200, to_id=-1002))


async def test_the_migration_of_another_group_concerns_nobody(story: Story) -> None:
    story.given(*READY)
    story.when(MigrateGroup, from_id=-7, to_id=-1002)
    await story.then()


@pytest.mark.proves("S1-05")
async def test_a_desk_that_was_found_broken_does_not_start(story: Story) -> None:
    story.given(*READY, Fact(Workspace.ReadinessChecked, lacks=["channel_post_right"]))
    story.when(StartDesk)
    await story.then_refused(DeskIsNotReady)


@pytest.mark.proves("S1-05")
async def test_it_starts_when_it_was_found_whole_again(story: Story) -> None:
    broken = Fact(Workspace.ReadinessChecked, lacks=["channel_post_right"])
    story.given(*READY, broken, Fact(Workspace.ReadinessChecked, lacks=[]))
    story.when(StartDesk)
    await story.then(Fact(Workspace.Started))


async def test_what_was_found_before_is_no_news(story: Story) -> None:
    story.given(*READY, Fact(Workspace.ReadinessChecked, lacks=["group_slow_mode"]))
    story.when(CheckReadiness, lacks=("group_slow_mode",), channel_id=-100, group_id=-200)
    await story.then()


@pytest.mark.proves("S1-05")
async def test_what_is_broken_is_recorded_and_what_is_not_set_up_is_known_anyway(
    story: Story,
) -> None:
    story.given(*READY)
    found = ("client_bot", "group_slow_mode")
    story.when(CheckReadiness, lacks=found, channel_id=-100, group_id=-200)
    await story.then(Fact(Workspace.ReadinessChecked, lacks=["group_slow_mode"]))


async def test_what_was_found_in_other_chats_than_the_desk_has_now_is_no_news(story: Story) -> None:
    story.given(*READY)
    story.when(CheckReadiness, lacks=("discussion_missing",), channel_id=-100, group_id=-7)
    await story.then()


async def test_another_language_is_spoken_to_the_staff(story: Story) -> None:
    story.given(FOUNDED)
    story.when(ChangeLanguage, language="en")
    await story.then(Fact(Workspace.LanguageChanged, language="en"))
