"""Whatever is said or decided about a ticket is told to those whom it concerns, and nobody else."""

from uuid import uuid4

import pytest

from application.letters import (
    FailureNotice,
    Question,
    RatingRequest,
    Reply,
    Spot,
    TicketCard,
    TicketPost,
)
from application.policy import Consequence, Timer
from application.ports import Letter
from application.relay import Relay
from application.threads import MissThread
from domain.messages import Content, Place
from domain.threads import Thread
from domain.tickets import Ticket
from tests import past
from tests.facts import (
    ANNA,
    AT_WORK,
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

CLIENTS_BOT, MANAGERS_BOT, CHANNEL, GROUP, KLARAS_CHAT = 10, 20, -100, -200, 700
ASKED = Fact(Ticket.MessageReceived, place=CHAT_OF_KLARA)
IN_THREAD = (*WITH_TICKET, ASKED, Fact(Thread.Posted), Fact(Thread.Opened))
CARD = Place(bot_id=20, chat_id=GROUP, message_id=9)
WITH_CARD = (
    *IN_THREAD,
    Fact(Ticket.MessageDelivered, place=COMMENT),
    Fact(Thread.CardShown, place=CARD),
)


async def consequences(*facts: Fact) -> list[Consequence]:
    return await past.consequences(Relay(), *facts)


async def letters(*facts: Fact) -> list[Letter]:
    return await past.letters(Relay(), *facts)


async def test_a_new_ticket_becomes_a_post_in_the_managers_channel() -> None:
    [post] = await letters(*WITH_TICKET)
    assert (post.bot_id, post.chat_id) == (MANAGERS_BOT, CHANNEL)
    assert isinstance(post.said, TicketPost)
    assert (post.said.ticket.number, post.said.edits) == (1, None)
    assert post.report == {"kind": "post", "ticket": str(TICKET)}


async def test_nothing_is_said_before_the_company_has_its_bots() -> None:
    without_bots = [fact for fact in WITH_TICKET if fact.kind.__name__ != "BotConnected"]
    assert await consequences(*without_bots) == []


async def test_a_question_waits_for_the_thread_and_stands_there_as_a_comment() -> None:
    assert await letters(*WITH_TICKET, ASKED) == []
    [question] = await letters(*IN_THREAD)
    assert (question.bot_id, question.chat_id) == (CLIENTS_BOT, GROUP)
    assert question.said == Question(HELLO, CHAT_OF_KLARA, Spot(4), MANAGERS_BOT)


async def test_what_the_client_writes_later_follows_at_once() -> None:
    later = Fact(Ticket.MessageReceived, message_id=uuid4(), content=Content(text="Hello?"))
    [question] = await letters(*IN_THREAD, later)
    assert question.said == Question(Content(text="Hello?"), None, Spot(4), MANAGERS_BOT)


async def test_the_card_comes_after_the_first_question_and_only_once() -> None:
    delivered = Fact(Ticket.MessageDelivered, place=COMMENT)
    [card] = await letters(*IN_THREAD, delivered)
    assert (card.bot_id, card.chat_id) == (MANAGERS_BOT, GROUP)
    assert isinstance(card.said, TicketCard)
    assert card.said.spot == Spot(4)
    assert await letters(*WITH_CARD, Fact(Ticket.MessageSent, place=COMMENT), delivered) == []


async def test_an_answer_goes_to_the_client_through_the_client_bot() -> None:
    [reply] = await letters(*WITH_CARD, *CLAIMED, Fact(Ticket.MessageSent, place=COMMENT))
    assert (reply.bot_id, reply.chat_id) == (CLIENTS_BOT, KLARAS_CHAT)
    assert reply.said == Reply(1, HELLO, COMMENT, MANAGERS_BOT)
    assert reply.report == {"kind": "message", "ticket": str(TICKET), "message": str(MESSAGE)}


@pytest.mark.proves("S1-E4")
async def test_a_note_is_told_to_nobody() -> None:
    assert await consequences(*WITH_CARD, *CLAIMED, Fact(Ticket.NoteAdded, place=COMMENT)) == []


async def test_post_and_card_show_who_answers_now() -> None:
    for change in (CLAIMED, (*CLAIMED, Fact(Ticket.Transferred, to_id=ANNA, from_id=BORIS))):
        post, card = (await letters(*WITH_CARD, *change))[:2]
        assert isinstance(post.said, TicketPost)
        assert isinstance(card.said, TicketCard)
        assert (post.said.edits, card.said.edits) == (3, 9)
        assert post.said.ticket.holder == card.said.ticket.holder == "Anna"
        assert None not in (post.latest, card.latest)


async def test_a_claim_before_the_card_was_confirmed_is_shown_on_it_afterwards() -> None:
    shown = Fact(Thread.CardShown, place=CARD)
    assert await letters(*IN_THREAD, shown) == []
    corrected = await letters(*IN_THREAD, *CLAIMED, shown)
    assert [type(letter.said) for letter in corrected] == [TicketPost, TicketCard]


async def test_the_new_holder_hears_of_a_transfer() -> None:
    *_, notice = await letters(*WITH_CARD, *CLAIMED, Fact(Ticket.Transferred, to_id=BORIS))
    assert (notice.bot_id, notice.chat_id) == (MANAGERS_BOT, 501)


async def test_the_client_is_asked_to_rate_a_closed_ticket_once_a_cycle() -> None:
    *_, asked = await letters(*WITH_CARD, *CLAIMED, *CLOSED)
    assert (asked.chat_id, asked.said) == (KLARAS_CHAT, RatingRequest(TICKET, 1, 1))
    again = (Fact(Ticket.Reopened, cycle=2), *[Fact(one.kind, cycle=2) for one in CLOSED])
    *_, asked_again = await letters(*WITH_CARD, *CLAIMED, *CLOSED, *again)
    assert asked_again.key != asked.key


@pytest.mark.proves("S1-E8")
async def test_an_answer_that_did_not_arrive_is_told_in_the_thread() -> None:
    sent = Fact(Ticket.MessageSent, place=COMMENT)
    failed = Fact(Ticket.DeliveryFailed, reason="blocked")
    [notice] = await letters(*WITH_CARD, *CLAIMED, sent, failed)
    assert (notice.chat_id, notice.said) == (GROUP, FailureNotice("blocked", Spot(4, reply_to=7)))


async def test_a_thread_that_does_not_open_is_given_up_and_the_group_takes_the_ticket() -> None:
    posted = await consequences(*WITH_TICKET, Fact(Thread.Posted))
    [timer] = [one for one in posted if isinstance(one, Timer)]
    assert isinstance(timer.command, MissThread)
    assert timer.command.ticket_id == TICKET
    [post] = await letters(*WITH_TICKET, Fact(Thread.Posted), Fact(Thread.Missed))
    assert (post.chat_id, post.report) == (GROUP, {"kind": "group_post", "ticket": str(TICKET)})


async def test_a_thread_that_is_open_already_needs_no_timer() -> None:
    opened_first = (Fact(Thread.Opened, post_id=3), Fact(Thread.Posted, post_id=3))
    assert await consequences(*WITH_TICKET, *opened_first) == []


async def test_a_post_that_its_copy_has_overtaken_is_brought_up_to_date_all_the_same() -> None:
    opened_first = (Fact(Thread.Opened, post_id=3), Fact(Thread.Posted, post_id=3))
    card_shown = Fact(Thread.CardShown, place=CARD)
    letters_of_claim = await letters(*WITH_TICKET, *opened_first, card_shown, *CLAIMED)
    assert [type(letter.said) for letter in letters_of_claim] == [TicketPost, TicketCard]
    confirmed_late = (Fact(Thread.Opened, post_id=3), *CLAIMED, Fact(Thread.Posted, post_id=3))
    [correction] = await letters(*WITH_TICKET, *confirmed_late)
    assert isinstance(correction.said, TicketPost)


async def test_every_letter_has_its_own_key_whatever_happens() -> None:
    life = (*WITH_CARD, *CLAIMED, Fact(Ticket.MessageSent, message_id=uuid4()), *CLOSED)
    keys = [
        letter.key
        for length in range(len(AT_WORK) + 1, len(life) + 1)
        for letter in await letters(*life[:length])
    ]
    assert len(keys) == len(set(keys))
