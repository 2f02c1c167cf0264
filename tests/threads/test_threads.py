"""The thread of a ticket becomes known piece by piece, in any order."""

import pytest

from application.desk import NotFound
from application.threads import ConfirmPost, MissThread, OpenThread, ShowCard
from domain.threads import GroupIsForeign, Thread, ThreadIsElsewhere
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
