"""The thread of a ticket becomes known piece by piece, in any order."""

import pytest

from application.desk import NotFound
from application.threads import (
    ConfirmPost,
    LoseThread,
    MissThread,
    OpenThread,
    ReplanThread,
    ShowCard,
)
from domain.surfaces import Surface
from domain.threads import GroupIsForeign, Thread, ThreadIsElsewhere
from domain.workspaces import Workspace
from tests.facts import COMMENT, TICKET, WITH_TICKET, Fact
from tests.story import Story

POSTED = Fact(Thread.Posted, post_id=3)
OPENED = Fact(Thread.Opened, root_id=4, post_id=3)
MISSED = Fact(Thread.Missed)
CARD = Fact(Thread.CardShown, place=COMMENT)


async def test_the_post_becomes_known(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(ConfirmPost, ticket_id=TICKET, channel_id=-100, post_id=3)
    await story.then(POSTED)


async def test_a_post_in_a_channel_that_the_company_has_left_is_refused(story: Story) -> None:
    linked = Fact(Workspace.ChannelLinked, channel_id=-101, group_id=-201)
    story.given(*WITH_TICKET, linked, Fact(Thread.Replanned, surface="channel"))
    story.when(ConfirmPost, ticket_id=TICKET, channel_id=-100, post_id=3)
    await story.then_refused(GroupIsForeign)


async def test_a_post_confirmed_twice_is_no_news(story: Story) -> None:
    story.given(*WITH_TICKET, POSTED)
    story.when(ConfirmPost, ticket_id=TICKET, channel_id=-100, post_id=3)
    await story.then()


async def test_the_discussion_under_the_post_becomes_known(story: Story) -> None:
    story.given(*WITH_TICKET, POSTED)
    story.when(OpenThread, ticket_id=TICKET, group_id=-200, root_id=4, post_id=3)
    await story.then(OPENED)


async def test_the_discussion_may_become_known_before_the_post(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(OpenThread, ticket_id=TICKET, group_id=-200, root_id=4, post_id=3)
    await story.then(OPENED)


async def test_a_post_that_the_discussion_has_named_gets_its_channel(story: Story) -> None:
    story.given(*WITH_TICKET, OPENED)
    story.when(ConfirmPost, ticket_id=TICKET, channel_id=-100, post_id=3)
    await story.then(POSTED)


@pytest.mark.parametrize("known", [(POSTED,), (OPENED,)])
async def test_a_second_post_of_a_ticket_is_no_news(story: Story, known: tuple[Fact, ...]) -> None:
    story.given(*WITH_TICKET, *known)
    story.when(ConfirmPost, ticket_id=TICKET, channel_id=-100, post_id=8)
    await story.then()


async def test_a_discussion_in_another_group_is_refused(story: Story) -> None:
    story.given(*WITH_TICKET, POSTED)
    story.when(OpenThread, ticket_id=TICKET, group_id=-999, root_id=4, post_id=3)
    await story.then_refused(GroupIsForeign)


async def test_a_discussion_seen_twice_is_no_news(story: Story) -> None:
    story.given(*WITH_TICKET, POSTED, OPENED)
    story.when(OpenThread, ticket_id=TICKET, group_id=-200, root_id=4, post_id=3)
    await story.then()


async def test_a_second_discussion_is_refused(story: Story) -> None:
    story.given(*WITH_TICKET, POSTED, OPENED)
    story.when(OpenThread, ticket_id=TICKET, group_id=-200, root_id=5, post_id=3)
    await story.then_refused(ThreadIsElsewhere)


async def test_the_discussion_of_another_post_is_refused(story: Story) -> None:
    story.given(*WITH_TICKET, POSTED)
    story.when(OpenThread, ticket_id=TICKET, group_id=-200, root_id=4, post_id=99)
    await story.then_refused(ThreadIsElsewhere)


async def test_a_discussion_that_does_not_come_is_given_up(story: Story) -> None:
    story.given(*WITH_TICKET, POSTED)
    story.when(MissThread, ticket_id=TICKET)
    await story.then(MISSED)


async def test_giving_up_twice_is_no_news(story: Story) -> None:
    story.given(*WITH_TICKET, POSTED, MISSED)
    story.when(MissThread, ticket_id=TICKET)
    await story.then()


async def test_a_discussion_that_is_there_is_not_given_up(story: Story) -> None:
    story.given(*WITH_TICKET, POSTED, OPENED)
    story.when(MissThread, ticket_id=TICKET)
    await story.then()


async def test_a_discussion_that_was_given_up_may_come_after_all(story: Story) -> None:
    story.given(*WITH_TICKET, POSTED, MISSED)
    story.when(OpenThread, ticket_id=TICKET, group_id=-200, root_id=4, post_id=3)
    await story.then(OPENED)


async def test_the_card_with_the_buttons_becomes_known(story: Story) -> None:
    story.given(*WITH_TICKET, POSTED, OPENED)
    story.when(ShowCard, ticket_id=TICKET, place=COMMENT)
    await story.then(CARD)


async def test_the_same_card_is_no_news(story: Story) -> None:
    story.given(*WITH_TICKET, POSTED, OPENED, CARD)
    story.when(ShowCard, ticket_id=TICKET, place=COMMENT)
    await story.then()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (ConfirmPost, {"channel_id": -100, "post_id": 3}),
        (OpenThread, {"group_id": -200, "root_id": 4}),
        (MissThread, {}),
        (ShowCard, {"place": COMMENT}),
    ],
)
async def test_a_ticket_that_was_never_opened_has_no_thread(
    story: Story, command: type[MissThread], told: dict[str, object]
) -> None:
    story.when(command, ticket_id=TICKET, **told)
    await story.then_refused(NotFound)


async def test_a_ticket_gets_another_place_and_forgets_the_old_one(story: Story) -> None:
    story.given(*WITH_TICKET, Fact(Thread.Posted), Fact(Thread.Opened))
    story.when(ReplanThread, ticket_id=TICKET, surface=Surface.FORUM, turn=1, reason="moved")
    await story.then(Fact(Thread.Replanned, surface="forum", reason="moved"))


async def test_a_late_order_to_leave_an_earlier_place_is_no_news(story: Story) -> None:
    story.given(*WITH_TICKET, Fact(Thread.Replanned, surface="forum"))
    story.when(ReplanThread, ticket_id=TICKET, surface=Surface.FORUM, turn=1)
    await story.then()


async def test_after_a_move_the_new_place_becomes_known(story: Story) -> None:
    linked = Fact(Workspace.GroupLinked, group_id=-300, surface="group")
    moved = Fact(Thread.Replanned, surface="group")
    story.given(*WITH_TICKET, Fact(Thread.Opened), linked, moved)
    story.when(OpenThread, ticket_id=TICKET, group_id=-300, root_id=9)
    await story.then(Fact(Thread.Opened, group_id=-300, root_id=9, post_id=None))


@pytest.mark.parametrize(("root_id", "then"), [(4, True), (5, False)], ids=["its own", "another"])
async def test_a_topic_that_is_gone_is_planned_anew(story: Story, root_id: int, then: bool) -> None:
    story.given(*WITH_TICKET, Fact(Thread.Opened))
    story.when(LoseThread, ticket_id=TICKET, root_id=root_id)
    lost = Fact(Thread.Replanned, surface="channel", reason="the topic was deleted")
    await story.then(*([lost] if then else []))
