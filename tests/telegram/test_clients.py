"""What a client can do with the client bot."""

import pytest

from application.clients import client_id
from interfaces.sandbox.files import Upload
from interfaces.sandbox.media import named_upload
from interfaces.sandbox.membership import block
from tests.telegram.api import ANSWERS, eventually, refused
from tests.telegram.conftest import ACME, TICKET, Desk

pytestmark = pytest.mark.asyncio


async def test_start_makes_the_client_known_and_greets(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    [asked] = await desk.api.wait("RegisterClient")
    assert asked.user == desk.klim.id
    assert asked.variables["profile"] == {"name": "Клим", "username": "klim", "language": "ru"}
    assert asked.variables["commandId"].startswith(f"tg:{desk.clients.id}:")
    await desk.hears(desk.talk, "Здравствуйте, Клим")


async def test_a_message_goes_to_the_api_and_its_ticket_is_confirmed(desk: Desk) -> None:
    opened = {"number": 12, "opened": True, "kept": None, "replayed": False}
    desk.api.script["PostMessage"] = [{"data": {"postMessage": opened}}]
    said = desk.says(desk.klim, desk.talk, "Где мой *заказ*? https://a.example")
    [asked] = await desk.api.wait("PostMessage")
    assert asked.user == desk.klim.id
    assert asked.variables["place"] == {"chatId": desk.klim.id, "messageId": said.id}
    assert asked.variables["content"]["kind"] == "TEXT"
    assert asked.variables["content"]["text"] == "Где мой *заказ*? https://a.example"
    assert asked.variables["content"]["entities"] == [{"type": "url", "offset": 17, "length": 17}]
    await desk.hears(desk.talk, "Обращение №12 принято")


async def test_messages_arrive_in_the_order_of_the_chat(desk: Desk) -> None:
    for n in range(20):
        desk.says(desk.klim, desk.talk, f"сообщение {n}")
    asked = await desk.api.wait("PostMessage", 20)
    assert [one.variables["content"]["text"] for one in asked] == [
        f"сообщение {n}" for n in range(20)
    ]


async def test_a_reply_says_what_it_replies_to(desk: Desk) -> None:
    first = desk.says(desk.klim, desk.talk, "первое")
    desk.says(desk.klim, desk.talk, "второе", reply_to=first.id)
    asked = await desk.api.wait("PostMessage", 2)
    assert asked[1].variables["replyTo"] == {"chatId": desk.klim.id, "messageId": first.id}


def upload(kind: str, name: str) -> tuple[str, Upload]:
    return kind, named_upload(kind, name, b"x" * 100, "")


@pytest.mark.parametrize(
    ("kind", "name", "kept"),
    [("photo", "a.jpg", "PHOTO"), ("document", "a.pdf", "DOCUMENT"), ("voice", "a.ogg", "VOICE")],
)
async def test_media_are_passed_on_by_their_file(
    desk: Desk, kind: str, name: str, kept: str
) -> None:
    desk.says(desk.klim, desk.talk, "подпись", media=upload(kind, name))
    [asked] = await desk.api.wait("PostMessage")
    content = asked.variables["content"]
    assert (content["kind"], content["text"]) == (kept, "подпись")
    assert content["fileId"]
    assert content.get("fileName") == (name if kind == "document" else None)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ({"contact": {"phone_number": "+7900", "first_name": "К"}}, "contact"),
        ({"location": {"latitude": 1.0, "longitude": 2.0}}, "location"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "dice"),
        ({"something_of_2030": {"new": True}}, "unknown"),
    ],
)
async def test_what_is_not_supported_is_kept_and_answered(
    desk: Desk, content: dict[str, object], name: str
) -> None:
    desk.says(desk.klim, desk.talk, content=content)
    [asked] = await desk.api.wait("PostMessage")
    assert asked.variables["content"] == {"kind": "UNSUPPORTED", "text": name}
    await desk.hears(desk.talk, "мы пока не умеем передавать")


@pytest.mark.parametrize("kind", ["video", "video_note", "sticker", "audio", "animation"])
async def test_media_that_are_not_supported_are_kept_and_answered(desk: Desk, kind: str) -> None:
    desk.says(desk.klim, desk.talk, media=upload(kind, "a.bin"))
    [asked] = await desk.api.wait("PostMessage")
    assert asked.variables["content"]["kind"] == "UNSUPPORTED"
    await desk.hears(desk.talk, "мы пока не умеем передавать")


async def test_notices_of_telegram_are_no_messages(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, content={"group_chat_created": True})
    desk.says(desk.klim, desk.talk, "после")
    [asked] = await desk.api.wait("PostMessage")
    assert asked.variables["content"]["text"] == "после"


async def test_new_offers_the_topics_and_a_press_opens_a_ticket(desk: Desk) -> None:
    topics = {"me": {"workspace": {"topics": ["Доставка", "Оплата картой"]}}}
    desk.api.script["Topics"] = [{"data": topics}]
    desk.says(desk.klim, desk.talk, "/new")
    question = await desk.hears(desk.talk, "О чём ваш вопрос?")
    rows = (question.markup or {})["inline_keyboard"]
    assert [row[0]["text"] for row in rows] == ["Доставка", "Оплата картой"]
    pressed = await desk.presses(desk.klim, question, rows[1][0]["callback_data"])
    [asked] = desk.api.of("OpenTicket")
    assert asked.variables["topic"] == "Оплата картой"
    assert "№7" in pressed
    await desk.hears(desk.talk, "Обращение №7 «Оплата картой» открыто")


async def test_a_topic_that_is_gone_makes_its_button_outdated(desk: Desk) -> None:
    topics = {"me": {"workspace": {"topics": ["Доставка"]}}}
    desk.api.script["Topics"] = [{"data": topics}, {"data": ANSWERS["Topics"]}]
    desk.says(desk.klim, desk.talk, "/new")
    question = await desk.hears(desk.talk, "О чём")
    data = (question.markup or {})["inline_keyboard"][0][0]["callback_data"]
    pressed = await desk.presses(desk.klim, question, data)
    assert "устарела" in pressed
    assert desk.api.of("OpenTicket") == []


async def test_new_without_topics_asks_for_the_question(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/new")
    await desk.hears(desk.talk, "Напишите ваш вопрос")


async def test_tickets_are_listed_with_their_buttons(desk: Desk) -> None:
    mine = {
        "activeTicketId": str(TICKET),
        "openTickets": [{"id": str(TICKET), "number": 7, "topic": "Доставка"}],
    }
    desk.api.script["MyTickets"] = [{"data": {"me": mine}}]
    desk.says(desk.klim, desk.talk, "/tickets")
    listed = await desk.hears(desk.talk, "Ваши открытые обращения")
    [[choose, close]] = (listed.markup or {})["inline_keyboard"]
    assert choose["text"] == "✍ №7 Доставка"
    assert "№7" in await desk.presses(desk.klim, listed, choose["callback_data"])
    await desk.presses(desk.klim, listed, close["callback_data"])
    assert desk.api.of("ChooseConversation")[0].variables["ticketId"] == str(TICKET)
    assert desk.api.of("CloseTicket")[0].user == desk.klim.id


async def test_stars_are_passed_on(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    await desk.hears(desk.talk, "Здравствуйте")
    data = f"c1:rate:{TICKET.hex}:5"
    keyboard = {"inline_keyboard": [[{"text": "5★", "callback_data": data}]]}
    params = {"text": "Оцените", "reply_markup": keyboard}
    await desk.send("sendMessage", desk.clients, desk.klim.id, params)
    asked = await desk.hears(desk.talk, "Оцените")
    pressed = await desk.presses(desk.klim, asked, data)
    assert "Спасибо" in pressed
    [rated] = desk.api.of("RateTicket")
    assert (rated.variables["ticketId"], rated.variables["stars"]) == (str(TICKET), 5)


async def test_a_refusal_is_told_in_words(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [refused("DeskIsStopped")]
    desk.says(desk.klim, desk.talk, "Есть кто?")
    await desk.hears(desk.talk, "Служба сейчас не принимает обращения")
    assert set(await desk.settled("inbox")) == {("done", None)}


async def test_a_client_who_blocks_the_bot_is_marked_unreachable(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    await desk.hears(desk.talk, "Здравствуйте")
    block(desk.world, desk.klim, desk.talk, blocked=True)
    [asked] = await desk.api.wait("MarkUnreachable")
    assert asked.variables["clientId"] == str(client_id(ACME, desk.klim.id))
    assert asked.user is None


async def test_a_foreign_client_who_blocks_the_bot_harms_nothing(desk: Desk) -> None:
    desk.api.script["MarkUnreachable"] = [refused("NotFound")]
    desk.says(desk.klim, desk.talk, "/start")
    await desk.hears(desk.talk, "Здравствуйте")
    block(desk.world, desk.klim, desk.talk, blocked=True)
    await desk.api.wait("MarkUnreachable")
    assert {outcome for outcome, _ in await desk.settled("inbox")} == {"done"}


async def test_the_client_bot_ignores_the_group(desk: Desk) -> None:
    desk.says(desk.boris, desk.group, "обсудим между собой")
    desk.says(desk.klim, desk.talk, "вопрос")
    await desk.api.wait("PostMessage")
    await eventually(lambda: not desk.look("SELECT FROM ledger.inbox WHERE settled_at IS NULL"))
    assert len(desk.api.asked) == 1
