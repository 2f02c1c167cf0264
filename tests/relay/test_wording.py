"""Letters in words: calls of the Bot API in which nobody finds what they must not."""

from typing import Any
from uuid import uuid4

import pytest

from application.letters import (
    Correction,
    FailureNotice,
    Question,
    RatingRequest,
    Reply,
    Spot,
    TicketCard,
    TicketPost,
    TicketSeen,
    TicketTopic,
)
from application.ports import Letter
from domain.cycles import Status
from domain.messages import Content, Kind, Piece, Place
from interfaces.telegram.calls import METHODS, TELLING, Call
from interfaces.telegram.formatting import units
from interfaces.telegram.letters import worded

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
        client="Ольга",
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
        call(TicketCard(one, Spot(4))).params["reply_markup"]["inline_keyboard"][0][0][
            "callback_data"
        ]
        for one in (seen(), seen("Анна"), seen("Анна", Status.CLOSED, 4))
    ]
    assert actions == [f"c1:{action}:{TICKET.hex}" for action in ("claim", "close", "reopen")]


def test_an_edit_replaces_the_message_that_is_there() -> None:
    assert call(TicketPost(seen(), 3)).method == "editMessageText"
    assert call(TicketCard(seen(), Spot(4), 9)).params["message_id"] == 9


def reply(content: Content, place: Place | None = IN_GROUP, **more: Any) -> Call:
    return call(Reply(12, content, place, 20, **more))


def test_an_answer_says_which_ticket_and_not_who() -> None:
    entities: list[dict[str, str | int]] = [
        {"type": "text_mention", "offset": 0, "length": 4},
        {"type": "bold", "offset": 5, "length": 3},
    ]
    answer = reply(Content(text="Анна вам ответит", entities=entities))
    text, sent = answer.params["text"], answer.params["entities"]
    assert answer.method == "sendMessage"
    assert [one["type"] for one in sent] == ["bold", "bold"]
    moved = sent[1]
    assert text[moved["offset"] : moved["offset"] + moved["length"]] == "вам"


@pytest.mark.parametrize("kind", [Kind(kind) for kind in METHODS])
def test_a_file_goes_on_as_a_copy_or_without_what_it_tells_and_is_never_forwarded(
    kind: Kind,
) -> None:
    content = Content(kind=kind, text="подпись", file_id="f", file_name="план.pdf")
    asked = call(Question(content, IN_GROUP, Spot(4), 20))
    assert (asked.method, asked.params["reply_parameters"]["message_id"]) == ("copyMessage", 4)
    assert asked.otherwise is not None
    assert (asked.otherwise.bot_id, asked.otherwise.method) == (20, METHODS[kind][0])
    answered = reply(content)
    if kind in TELLING:
        assert answered.method == METHODS[kind][0]
        assert answered.params[METHODS[kind][1]]["$file"]["clean"] is True
        assert answered.otherwise is None
    else:
        assert answered.method == "copyMessage"


@pytest.mark.parametrize("kind", ["document", "video", "audio", "animation"])
def test_where_managers_may_sign_their_files_go_as_they_are(kind: str) -> None:
    assert reply(Content(kind=Kind(kind), file_id="f"), signed=True).method == "copyMessage"


@pytest.mark.parametrize(
    ("content", "method", "params"),
    [
        (
            Content(kind=Kind.LOCATION, details={"latitude": 55.7, "longitude": 37.6}),
            "sendLocation",
            {"latitude": 55.7, "longitude": 37.6},
        ),
        (
            Content(kind=Kind.CONTACT, details={"phone_number": "+7999", "first_name": "Пётр"}),
            "sendContact",
            {"phone_number": "+7999", "first_name": "Пётр"},
        ),
        (
            Content(kind=Kind.POLL, details={"question": "Когда?", "options": ["утром", "днём"]}),
            "sendPoll",
            {"question": "Когда?", "options": [{"text": "утром"}, {"text": "днём"}]},
        ),
        (
            Content(kind=Kind.DICE, details={"emoji": "🎯", "value": 5}),
            "sendMessage",
            {"text": "🎯 5"},
        ),
    ],
    ids=["location", "contact", "poll", "dice"],
)
def test_what_is_no_file_is_said_again_where_it_cannot_be_copied(
    content: Content, method: str, params: dict[str, Any]
) -> None:
    asked = call(Question(content, IN_GROUP, Spot(4), 20))
    assert (asked.method, asked.bot_id) == ("copyMessage", 10)
    assert asked.otherwise is not None
    assert asked.otherwise.method == method
    assert {name: asked.otherwise.params[name] for name in params} == params


def pieces(*kinds: Kind) -> Content:
    return Content(
        kind=Kind.ALBUM,
        pieces=[Piece(message_id=n, kind=kind, file_id=f"f{n}") for n, kind in enumerate(kinds)],
    )


def test_an_album_stays_an_album_on_both_sides() -> None:
    photos = pieces(Kind.PHOTO, Kind.PHOTO)
    asked, answered = call(Question(photos, IN_GROUP, Spot(4), 20)), reply(photos)
    assert asked.method == "sendMediaGroup"
    assert [item["media"]["$file"]["file_id"] for item in asked.params["media"]] == ["f0", "f1"]
    assert (answered.method, answered.params["message_ids"]) == ("copyMessages", [0, 1])
    assert answered.params["remove_caption"]  # there was none when it was judged


def test_an_album_whose_files_may_tell_their_author_is_made_anew() -> None:
    answered = reply(pieces(Kind.DOCUMENT, Kind.DOCUMENT))
    assert answered.method == "sendMediaGroup"
    assert all(item["media"]["$file"]["clean"] for item in answered.params["media"])
    assert "№12" in answered.params["media"][0]["caption"]


def test_a_clients_words_call_nobody_and_start_no_command_before_the_staff() -> None:
    text = "/close @anna и почта a@b.ru \u202eобман"
    entities: list[dict[str, str | int]] = [
        {"type": "mention", "offset": 7, "length": 5},
        {"type": "text_link", "offset": 0, "length": 3, "url": "tg://user?id=7"},
    ]
    asked = call(Question(Content(text=text, entities=entities), IN_GROUP, Spot(4), 20))
    said = asked.params["text"]
    assert not {"/close", "@anna", "\u202e"} & set(said.split())
    assert "a@b.ru" in said
    assert len(said) == len(text)
    assert asked.params["entities"] == []


def test_a_reply_to_a_message_that_is_gone_is_still_said_in_the_thread() -> None:
    asked = call(Question(Content(text="да"), IN_GROUP, Spot(4, reply_to=9, quote="нет?"), 20))
    answered = asked.params["reply_parameters"]
    assert (answered["message_id"], answered["quote"]) == (9, "нет?")
    assert not answered["allow_sending_without_reply"]
    assert asked.otherwise is not None
    assert asked.otherwise.params["reply_parameters"]["message_id"] == 4


def test_in_a_forum_everything_is_said_in_the_topic() -> None:
    spot = Spot(31, is_topic=True)
    asked = call(Question(Content(text="да"), IN_GROUP, spot, 20))
    assert asked.params["message_thread_id"] == 31
    assert "reply_parameters" not in asked.params
    topic = call(TicketTopic(seen("Анна")))
    assert (topic.method, topic.params["name"]) == (
        "createForumTopic",
        "🟢 №12 · Доставка · Ольга · Анна",
    )
    assert call(TicketTopic(seen(), 31)).method == "editForumTopic"


def test_the_name_of_a_topic_is_no_longer_than_telegram_takes() -> None:
    long = seen("Анна" * 60)
    assert units(call(TicketTopic(long)).params["name"]) == 128


def test_a_heading_is_left_out_where_it_would_not_fit() -> None:
    long = "я" * 4090
    assert reply(Content(text=long), None).params["text"] == long


@pytest.mark.parametrize("reason", ["file_too_big", "Forbidden: bot was blocked by the user"])
def test_why_an_answer_did_not_arrive_is_told_in_words(reason: str) -> None:
    text = call(FailureNotice(reason, Spot(4))).params["text"]
    assert reason not in text
    assert "Ответ не доставлен" in text
    assert "Bad Request: x" in call(FailureNotice("Bad Request: x", Spot(4))).params["text"]


def test_a_correction_keeps_the_heading_and_follows_a_new_file() -> None:
    told = call(Correction(Content(text="уже завтра"), 8, 12, 20))
    assert (told.method, told.params["text"]) == ("editMessageText", "Обращение №12\nуже завтра")
    photo = Content(kind=Kind.PHOTO, text="вот", file_id="new")
    caption = call(Correction(photo, 8, None, 10))
    assert (caption.method, caption.params["caption"]) == ("editMessageCaption", "вот")
    media = call(Correction(photo, 8, None, 10, replaced=True))
    assert media.params["media"]["media"]["$file"]["file_id"] == "new"


def test_lengths_are_counted_as_telegram_counts() -> None:
    assert units("a😀я") == 4


@pytest.mark.parametrize(("language", "word"), [("ru", "Оцените"), ("en", "rate")])
def test_the_client_reads_their_own_language(language: str, word: str) -> None:
    request = call(RatingRequest(TICKET, 12, 1), language)
    assert word in request.params["text"]
    assert len(request.params["reply_markup"]["inline_keyboard"][0]) == 5
