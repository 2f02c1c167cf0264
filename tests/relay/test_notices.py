"""What is said on an occasion: out of hours, out of reach, transferred, moved, rated with words."""

from uuid import uuid5

import pytest

from application.letters import (
    AnswerShown,
    OutOfHoursNotice,
    Question,
    RatingNotice,
    RatingRequest,
    ReachNotice,
    Reply,
    Spot,
    TicketCard,
    TicketPost,
    TicketTopic,
    TransferNotice,
)
from application.ports import Letter
from application.relay import Relay
from domain.clients import Client
from domain.messages import Content
from domain.settings import Settings
from domain.staff import Person
from domain.threads import Thread
from domain.tickets import Ticket
from domain.workspaces import Workspace
from tests import past
from tests.facts import (
    BORIS,
    CHAT_OF_KLARA,
    CLAIMED,
    CLOSED,
    COMMENT,
    HELLO,
    MESSAGE,
    TICKET,
    WITH_TICKET,
    Fact,
)
from tests.relay.test_relay import (
    ASKED,
    CARD,
    CHANNEL,
    CLIENTS_BOT,
    GROUP,
    KLARAS_CHAT,
    MANAGERS_BOT,
    WITH_CARD,
)

BEGUN = Fact(Settings.Begun)
WEEK = [["09:00-12:00"]] * 7  # noon, when everything happens, is no longer in it
CLOSED_AT_NOON = Fact(Settings.HoursSet, zone="UTC", week=WEEK)
EARLIER = uuid5(TICKET, "earlier")


async def letters(*facts: Fact) -> list[Letter]:
    return await past.letters(Relay(), *facts)


async def test_out_of_hours_the_client_hears_when_somebody_is_there() -> None:
    [told] = await letters(*WITH_TICKET, BEGUN, CLOSED_AT_NOON, ASKED)
    assert (told.bot_id, told.chat_id) == (CLIENTS_BOT, KLARAS_CHAT)
    assert isinstance(told.said, OutOfHoursNotice)
    assert told.said.opening is not None
    assert told.said.opening.isoformat() == "2026-03-03T09:00:00+00:00"


async def test_it_is_said_of_the_words_that_open_a_ticket_before_there_is_a_thread() -> None:
    *before, planned = WITH_TICKET
    post, told = await letters(*before, BEGUN, CLOSED_AT_NOON, ASKED, planned)
    assert isinstance(post.said, TicketPost)
    assert (told.chat_id, type(told.said)) == (KLARAS_CHAT, OutOfHoursNotice)


async def test_it_is_said_once_until_somebody_is_there_again() -> None:
    rules = (BEGUN, CLOSED_AT_NOON)
    again = Fact(Ticket.MessageReceived, message_id=EARLIER, minutes=30)
    tomorrow = Fact(Ticket.MessageReceived, message_id=EARLIER, minutes=24 * 60 + 30)
    assert await letters(*WITH_TICKET, *rules, ASKED, again) == []
    assert len(await letters(*WITH_TICKET, *rules, ASKED, tomorrow)) == 1


async def test_in_the_hours_nothing_is_said_about_them() -> None:
    late = Fact(Settings.HoursSet, zone="UTC", week=[["09:00-18:00"]] * 7)
    assert await letters(*WITH_TICKET, BEGUN, late, ASKED) == []


async def test_the_company_says_it_in_its_own_words() -> None:
    words = Fact(Settings.TextsSet, texts={"out_of_hours": "Спим.", "rate_please": "Как вам?"})
    rules = (BEGUN, words)
    [told] = await letters(*WITH_TICKET, *rules, CLOSED_AT_NOON, ASKED)
    assert isinstance(told.said, OutOfHoursNotice)
    assert told.said.text == "Спим."
    *_, request = await letters(*WITH_CARD, *rules, *CLAIMED, *CLOSED)
    assert request.said == RatingRequest(TICKET, 1, 1, "Как вам?")


@pytest.mark.proves("S1-E8")
async def test_the_thread_hears_that_the_client_is_out_of_reach_and_back() -> None:
    gone = Fact(Client.BecameUnreachable)
    notice, *corrections = await letters(*WITH_CARD, gone)
    assert (notice.chat_id, notice.said) == (GROUP, ReachNotice(reachable=False, spot=Spot(4)))
    assert [type(one.said) for one in corrections] == [TicketPost, TicketCard]
    back, *_ = await letters(*WITH_CARD, gone, Fact(Client.BecameReachable))
    assert back.said == ReachNotice(reachable=True, spot=Spot(4))


async def test_closed_tickets_do_not_hear_of_it() -> None:
    assert await letters(*WITH_CARD, *CLAIMED, *CLOSED, Fact(Client.BecameUnreachable)) == []


async def test_the_card_shows_that_the_client_is_blocked() -> None:
    _, card = await letters(*WITH_CARD, Fact(Client.Blocked))
    assert isinstance(card.said, TicketCard)
    assert card.said.ticket.blocked


@pytest.mark.proves("S1-26")
async def test_whoever_gets_a_ticket_hears_why_in_their_own_language() -> None:
    english = Fact(Person.LanguageChosen, on=BORIS, language="en")
    moved = Fact(Ticket.Transferred, reason="holidays")
    *_, notice = await letters(*WITH_CARD, english, *CLAIMED, moved)
    assert (notice.chat_id, notice.language) == (501, "en")
    assert isinstance(notice.said, TransferNotice)
    assert notice.said.reason == "holidays"


async def test_the_staff_reads_what_the_client_said_about_the_rating() -> None:
    words = Fact(Ticket.RatingCommented, comment="Quick!")
    [told] = await letters(*WITH_CARD, *CLAIMED, *CLOSED, Fact(Ticket.Rated, stars=4), words)
    assert told.said == RatingNotice(4, "Quick!", Spot(4))


async def test_an_answer_that_was_not_written_in_the_thread_is_shown_there() -> None:
    to_client, shown = await letters(*WITH_CARD, *CLAIMED, Fact(Ticket.MessageSent))
    assert to_client.said == Reply(1, HELLO, None, MANAGERS_BOT)
    assert (shown.chat_id, shown.said) == (GROUP, AnswerShown(HELLO, "Anna", Spot(4)))


async def test_a_reply_points_at_the_same_message_on_the_other_side() -> None:
    answer = Fact(Ticket.MessageSent, message_id=EARLIER, place=COMMENT, reply_to=MESSAGE)
    [to_client] = await letters(*WITH_CARD, *CLAIMED, answer)
    assert isinstance(to_client.said, Reply)
    assert to_client.said.reply_to == CHAT_OF_KLARA.message_id
    thanks = Fact(
        Ticket.MessageReceived,
        message_id=uuid5(TICKET, "thanks"),
        content=Content(text="Thanks"),
        reply_to=EARLIER,
        quote="come",
    )
    [question] = await letters(*WITH_CARD, *CLAIMED, answer, thanks)
    assert isinstance(question.said, Question)
    assert question.said.spot == Spot(4, reply_to=COMMENT.message_id, quote="come")


MOVED = (
    Fact(Workspace.GroupLinked, group_id=-300, surface="forum"),
    Fact(Thread.Replanned, surface="forum"),
)


@pytest.mark.proves("S1-E11")
async def test_a_ticket_that_moved_gets_a_topic_and_all_that_was_said_in_it() -> None:
    answer = Fact(Ticket.MessageSent, message_id=EARLIER, place=COMMENT)
    before = (*WITH_CARD, *CLAIMED, answer)
    [topic] = await letters(*before, *MOVED)
    assert (topic.chat_id, type(topic.said)) == (-300, TicketTopic)
    assert topic.report == {"kind": "topic", "ticket": str(TICKET)}
    opened = Fact(Thread.Opened, group_id=-300, root_id=31, post_id=None)
    question, shown, *_ = await letters(*before, *MOVED, opened)
    assert isinstance(question.said, Question)
    assert question.said.spot == Spot(31, is_topic=True)
    assert shown.said == AnswerShown(HELLO, "Anna", Spot(31, is_topic=True))
    assert question.key == f"message:{MESSAGE}:2"


@pytest.mark.parametrize(
    ("surface", "chat", "report", "said"),
    [
        ("channel", CHANNEL, "post", TicketPost),
        ("group", GROUP, "group_post", TicketPost),
        ("forum", GROUP, "topic", TicketTopic),
    ],
)
async def test_a_ticket_begins_as_the_surface_wants_it(
    surface: str, chat: int, report: str, said: type[object]
) -> None:
    *before, planned = WITH_TICKET
    planned = Fact(Thread.Planned, surface=surface)
    [first] = await letters(*before, planned)
    assert (first.chat_id, type(first.said)) == (chat, said)
    assert first.report == {"kind": report, "ticket": str(TICKET)}


@pytest.mark.parametrize("surface", ["group", "forum"])
async def test_where_there_is_no_channel_nobody_waits_for_a_copy(surface: str) -> None:
    *before, planned = WITH_TICKET
    planned = Fact(Thread.Planned, surface=surface)
    opened = Fact(Thread.Opened, post_id=None)
    shown = Fact(Thread.CardShown, place=CARD)
    standing, card = await letters(*before, planned, opened, shown, *CLAIMED)
    assert isinstance(standing.said, TicketPost | TicketTopic)
    assert (standing.chat_id, standing.said.edits) == (GROUP, 4)
    assert isinstance(card.said, TicketCard)
    assert card.said.spot.is_topic is (surface == "forum")
