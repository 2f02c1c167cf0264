"""Letters in words: calls of the Bot API in which nobody finds what they must not."""

from uuid import uuid4

import pytest

from application.letters import Question, RatingRequest, Reply, TicketCard, TicketPost, TicketSeen
from application.ports import Letter
from domain.messages import Content, Kind, Place
from domain.tickets import Status
from interfaces.telegram.letters import Call, units, worded

TICKET = uuid4()
IN_GROUP = Place(bot_id=20, chat_id=-200, message_id=7)


def seen(
    holder: str | None = None, status: Status = Status.OPEN, stars: int | None = None
) -> TicketSeen:
    return TicketSeen(
        ticket_id=TICKET,
        number=12,
        topic="Доставка",
        status=status,
        holder=holder,
        stars=stars,
        manager_bot="acme_staff_bot",
    )


def call(said: object, language: str = "ru") -> Call:
    letter = Letter(
        workspace_id=uuid4(), bot_id=10, chat_id=5, language=language, said=said, key="k"
    )
    return worded(letter)


def test_a_post_is_plain_text_so_that_a_discussion_opens_under_it() -> None:
    post = call(TicketPost(seen()))
    assert post.method == "sendMessage"
    assert "reply_markup" not in post.params
    [link] = post.params["entities"]
    assert link["url"] == f"https://t.me/acme_staff_bot?start=t_{TICKET.hex}"
    assert post.params["text"].startswith("№12 · Доставка")


def test_the_card_offers_what_can_be_done_now() -> None:
    actions = [
        call(TicketCard(one, 4)).params["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        for one in (seen(), seen("Анна"), seen("Анна", Status.CLOSED, 4))
    ]
    assert actions == [f"c1:{action}:{TICKET.hex}" for action in ("claim", "close", "reopen")]


def test_an_edit_replaces_the_message_that_is_there() -> None:
    assert call(TicketPost(seen(), 3)).method == "editMessageText"
    assert call(TicketCard(seen(), 4, 9)).params["message_id"] == 9


def test_an_answer_says_which_ticket_and_not_who() -> None:
    entities: list[dict[str, str | int]] = [
        {"type": "text_mention", "offset": 0, "length": 4},
        {"type": "bold", "offset": 5, "length": 3},
    ]
    answer = call(Reply(12, Content(text="Анна вам ответит", entities=entities), IN_GROUP))
    text, sent = answer.params["text"], answer.params["entities"]
    assert answer.method == "sendMessage"
    assert [one["type"] for one in sent] == ["bold", "bold"]
    moved = sent[1]
    assert text[moved["offset"] : moved["offset"] + moved["length"]] == "вам"


@pytest.mark.parametrize("kind", [Kind.PHOTO, Kind.DOCUMENT, Kind.VOICE])
def test_media_is_copied_never_forwarded(kind: Kind) -> None:
    content = Content(kind=kind, text="подпись", file_id="f")
    assert call(Reply(12, content, IN_GROUP)).method == "copyMessage"
    assert call(Question(content, IN_GROUP, 4)).method == "copyMessage"


def test_a_heading_is_left_out_where_it_would_not_fit() -> None:
    long = "я" * 4090
    assert call(Reply(12, Content(text=long), None)).params["text"] == long


def test_lengths_are_counted_as_telegram_counts() -> None:
    assert units("a😀я") == 4


@pytest.mark.parametrize(("language", "word"), [("ru", "Оцените"), ("en", "rate")])
def test_the_client_reads_their_own_language(language: str, word: str) -> None:
    request = call(RatingRequest(TICKET, 12, 1), language)
    assert word in request.params["text"]
    assert len(request.params["reply_markup"]["inline_keyboard"][0]) == 5
