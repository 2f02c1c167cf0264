"""What the staff can do with the manager bot: comments, cards, the queue."""

from datetime import UTC, datetime, timedelta

import pytest

from interfaces.sandbox.membership import set_member
from tests.telegram.api import eventually, refused
from tests.telegram.conftest import TICKET, Desk

pytestmark = pytest.mark.asyncio


def kept(outcome: str) -> dict[str, object]:
    told = {"number": 7, "opened": None, "kept": outcome, "replayed": False}
    return {"data": {"postMessage": told}}


async def test_the_copy_of_a_tickets_post_opens_its_thread(desk: Desk) -> None:
    copy = await desk.post()
    [opened] = await desk.api.wait("OpenThread")
    assert opened.user is None
    told = {name: opened.variables[name] for name in ("ticketId", "groupId", "rootId", "postId")}
    post = list(desk.channel.messages.values())[-1]
    assert told == {
        "ticketId": str(TICKET),
        "groupId": desk.group.id,
        "rootId": copy.id,
        "postId": post.id,
    }


async def test_a_post_of_the_companys_own_opens_nothing(desk: Desk) -> None:
    desk.says(desk.anna, desk.channel, "Завтра выходной")
    await desk.post()
    await desk.api.wait("OpenThread")
    assert len(desk.api.of("OpenThread")) == 1


async def test_a_comment_is_passed_on_with_its_thread(desk: Desk) -> None:
    copy = await desk.post()
    desk.api.script["PostMessage"] = [kept("SENT")]
    post = list(desk.channel.messages.values())[-1]
    said = desk.says(desk.anna, desk.channel, "Уже едет", comment_to=post.id)
    [asked] = await desk.api.wait("PostMessage")
    assert asked.user == desk.anna.id
    assert (asked.variables["ticketId"], asked.variables["thread"]) == (str(TICKET), None)
    assert asked.variables["place"] == {"chatId": desk.group.id, "messageId": said.id}
    assert "profile" not in asked.variables
    answer = desk.says(desk.boris, desk.group, "и второй курьер", reply_to=said.id)
    asked = await desk.api.wait("PostMessage", 2)
    assert asked[1].variables["ticketId"] == str(TICKET)
    assert answer.thread == copy.id


@pytest.mark.parametrize(
    ("outcome", "hint"), [("HELD_BY_OTHER", "ведёт другой"), ("CLOSED", "закрыто")]
)
async def test_a_comment_that_was_not_sent_is_hinted_at(
    desk: Desk, outcome: str, hint: str
) -> None:
    copy = await desk.post()
    desk.api.script["PostMessage"] = [kept(outcome)]
    said = desk.says(desk.boris, desk.group, "Позвоните нам", reply_to=copy.id)
    told = await desk.hears(desk.group, hint)
    assert told.reply_to is said


@pytest.mark.parametrize(
    "text", ["// проверить склад", "//проверить склад", "/note проверить склад"]
)
async def test_a_note_stays_among_the_staff(desk: Desk, text: str) -> None:
    copy = await desk.post()
    desk.says(desk.anna, desk.group, text, reply_to=copy.id)
    [asked] = await desk.api.wait("AddNote")
    assert asked.variables["content"]["text"] == "проверить склад"
    assert desk.api.of("PostMessage") == []


@pytest.mark.parametrize("text", ["//", "/note", "/queue", "/close@desk_manager_bot"])
async def test_commands_in_a_thread_never_reach_the_client(desk: Desk, text: str) -> None:
    copy = await desk.post()
    await desk.api.wait("OpenThread")
    said = desk.says(desk.anna, desk.group, text, reply_to=copy.id)
    await eventually(lambda: [m for m in desk.group.messages.values() if m.reply_to is said])
    assert {asked.name for asked in desk.api.asked} == {"OpenThread", "ConfirmPost"}


async def test_a_sticker_in_a_thread_becomes_a_note_and_its_writer_is_told(desk: Desk) -> None:
    copy = await desk.post()
    dice = {"dice": {"emoji": "🎲", "value": 3}}
    desk.says(desk.anna, desk.group, content=dice, reply_to=copy.id)
    [asked] = await desk.api.wait("AddNote")
    assert asked.variables["content"]["kind"] == "UNSUPPORTED"
    await desk.hears(desk.group, "клиенту не передаётся")


@pytest.mark.proves("P19")
async def test_a_stranger_is_told_once_that_nobody_hears_them(desk: Desk) -> None:
    copy = await desk.post()
    stranger = desk.world.user("Чужой")
    set_member(desk.world, desk.group, stranger, "member")
    desk.api.script["PostMessage"] = [refused("NotStaff")]
    for n in range(3):
        desk.says(stranger, desk.group, f"реклама {n}", reply_to=copy.id)
    await desk.api.wait("PostMessage", 3)
    await desk.settled("inbox")
    assert len([text for text in desk.texts(desk.group) if "вас нет среди" in text]) == 1


async def test_an_anonymous_admin_is_told_why_and_not_relayed(desk: Desk) -> None:
    copy = await desk.post()
    await desk.api.wait("OpenThread")
    desk.group.members[desk.anna.id].anonymous = True
    desk.says(desk.anna, desk.group, "Ответ инкогнито", reply_to=copy.id)
    desk.says(desk.anna, desk.group, "ещё раз", reply_to=copy.id)
    await desk.hears(desk.group, "анонимность")
    await desk.settled("inbox")
    assert len([text for text in desk.texts(desk.group) if "анонимность" in text]) == 1
    assert desk.api.of("PostMessage") == []


async def test_talk_outside_threads_is_nobodys_business(desk: Desk) -> None:
    desk.says(desk.anna, desk.group, "Кто сегодня дежурит?")
    await desk.settled("inbox")
    assert desk.api.asked == []
    assert desk.texts(desk.group) == []


async def test_a_comment_under_an_ordinary_post_is_left_alone(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [refused("NotFound")]
    desk.says(desk.anna, desk.channel, "Завтра выходной")
    await eventually(lambda: any(m.copy for m in desk.channel.messages.values()))
    copy = list(desk.channel.messages.values())[-1].copy
    assert copy is not None
    desk.says(desk.boris, desk.group, "Ура!", reply_to=copy.id)
    await desk.api.wait("PostMessage")
    await desk.settled("inbox")
    assert desk.texts(desk.group) == []


@pytest.mark.parametrize("text", ["Уже едет", "// заметка"])
async def test_a_comment_on_a_ticket_that_is_unknown_is_tried_again_and_never_just_lost(
    desk: Desk, text: str
) -> None:
    copy = await desk.post()
    operation = "AddNote" if text.startswith("//") else "PostMessage"
    desk.api.script[operation] = [refused("NotFound")]
    said = desk.says(desk.anna, desk.group, text, reply_to=copy.id)
    told = await desk.hears(desk.group, "не видно, к какому обращению", 15.0)
    assert told.reply_to is said
    assert len(desk.api.of(operation)) == 5


async def test_a_comment_whose_discussion_becomes_known_late_is_passed_on(desk: Desk) -> None:
    await desk.send("sendMessage", desk.managers, desk.group.id, {"text": "карточка"})
    card = await desk.hears(desk.group, "карточка")
    desk.api.script["PostMessage"] = [refused("NotFound"), kept("SENT")]
    desk.says(desk.anna, desk.group, "Уже едет", reply_to=card.id)
    [first, second] = await desk.api.wait("PostMessage", 2)
    assert first.variables == second.variables
    assert first.variables["thread"] == {"groupId": desk.group.id, "rootId": card.id}
    await desk.settled("inbox")
    assert desk.texts(desk.group) == ["карточка"]


async def test_a_link_that_anybody_wrote_names_no_ticket(desk: Desk) -> None:
    link = f"https://t.me/desk_manager_bot?start=t_{TICKET.hex}"
    entity = {"type": "text_link", "offset": 0, "length": 2, "url": link}
    content = {"text": "№7", "entities": [entity]}
    root = desk.says(desk.boris, desk.group, content=content)
    desk.says(desk.anna, desk.group, "да", reply_to=root.id)
    [asked] = await desk.api.wait("PostMessage")
    assert asked.variables["ticketId"] is None


async def test_the_manager_bot_greets_its_staff_by_name(desk: Desk) -> None:
    desk.says(desk.anna, desk.office, "/start")
    await desk.hears(desk.office, "Здравствуйте, Анна")


async def test_a_stranger_learns_their_id_from_the_manager_bot(desk: Desk) -> None:
    desk.api.script["Myself"] = [refused("NotStaff")]
    desk.says(desk.anna, desk.office, "/start")
    await desk.hears(desk.office, f"Telegram id: {desk.anna.id}")


async def test_the_link_of_a_post_shows_its_ticket(desk: Desk) -> None:
    seen = {
        "number": 7,
        "topic": "Доставка",
        "status": "OPEN",
        "groupId": desk.group.id,
        "rootId": 15,
        "client": {"name": "Клим"},
        "holder": None,
    }
    desk.api.script["TicketSeen"] = [{"data": {"ticket": seen}}]
    desk.says(desk.anna, desk.office, f"/start t_{TICKET.hex}")
    shown = await desk.hears(desk.office, "№7 Доставка")
    assert desk.api.of("TicketSeen")[0].variables["id"] == str(TICKET)
    [[button]] = (shown.markup or {})["inline_keyboard"]
    assert button["url"].endswith("/15?thread=15")


async def test_the_queue_is_listed_and_can_be_claimed_from(desk: Desk) -> None:
    since = (datetime.now(UTC) - timedelta(minutes=5, seconds=30)).isoformat()
    waiting = {
        "ticketId": str(TICKET),
        "number": 7,
        "topic": "",
        "clientName": "Клим",
        "waitingSince": since,
        "holder": None,
    }
    desk.api.script["Queue"] = [{"data": {"queue": {"nodes": [waiting]}}}]
    desk.says(desk.anna, desk.office, "/queue")
    listed = await desk.hears(desk.office, "№7 · — · Клим · 5 мин · никто не взял")
    [[button]] = (listed.markup or {})["inline_keyboard"]
    assert await desk.presses(desk.anna, listed, button["callback_data"]) == "Обращение №7 ваше"


async def test_nobody_waiting_is_said_too(desk: Desk) -> None:
    desk.says(desk.anna, desk.office, "/queue")
    await desk.hears(desk.office, "Никто не ждёт")


async def test_my_tickets_are_those_i_hold(desk: Desk) -> None:
    held = {"number": 7, "topic": "", "groupId": None, "rootId": None, "client": {"name": "Клим"}}
    desk.api.script["HeldTickets"] = [{"data": {"tickets": {"nodes": [held]}}}]
    desk.says(desk.anna, desk.office, "/my")
    await desk.hears(desk.office, "№7 · — · Клим")
    assert desk.api.of("HeldTickets")[0].variables["holderId"] == "7"


async def test_anything_else_in_private_gets_a_hint(desk: Desk) -> None:
    desk.says(desk.anna, desk.office, "Добрый день")
    await desk.hears(desk.office, "/queue и /my")
    assert desk.api.of("PostMessage") == []
