"""Comments in a ticket's thread: what goes to the client, what stays, and who is told why."""

import pytest

from interfaces.sandbox.files import Upload
from interfaces.sandbox.membership import set_member
from tests.telegram.api import eventually, posted, refused
from tests.telegram.conftest import TICKET, Desk, cleared

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def desk(company: Desk) -> Desk:
    return cleared(company)


def kept(outcome: str) -> dict[str, object]:
    return posted(kept=outcome)


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
    ("outcome", "hint"),
    [
        ("HELD_BY_OTHER", "ведёт другой"),
        ("CLOSED", "закрыто"),
        ("UNCLAIMED", "никто не взял"),
        ("REVEALING", "видно, кто вы"),
    ],
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


@pytest.mark.parametrize("text", ["//", "/note", "/queue", "/dance@desk_manager_bot"])
async def test_commands_in_a_thread_never_reach_the_client(desk: Desk, text: str) -> None:
    copy = await desk.post()
    said = desk.says(desk.anna, desk.group, text, reply_to=copy.id)
    await eventually(lambda: [m for m in desk.group.messages.values() if m.reply_to is said])
    assert desk.api.of("PostMessage") == []
    assert desk.api.of("AddNote") == []


async def test_what_telegram_forbids_to_pass_on_becomes_a_note_and_its_writer_is_told(
    desk: Desk,
) -> None:
    copy = await desk.post()
    story = {"story": {"chat": desk.channel.as_json(), "id": 5}}
    desk.says(desk.anna, desk.group, content=story, reply_to=copy.id)
    [asked] = await desk.api.wait("AddNote")
    assert asked.variables["content"]["kind"] == "UNSUPPORTED"
    await desk.hears(desk.group, "клиенту не передаются")


async def test_a_comment_is_passed_on_with_what_it_replies_to_and_who_signs_it(
    desk: Desk,
) -> None:
    copy = await desk.post()
    first = desk.says(desk.boris, desk.group, "Клиент ждёт второй день", reply_to=copy.id)
    desk.says(desk.anna, desk.group, "Уже везём", reply_to=first.id, quote="второй день")
    [root, reply] = await desk.api.wait("PostMessage", 2)
    assert root.variables["replyTo"] is None
    place = {"chatId": desk.group.id, "messageId": first.id}
    assert (reply.variables["replyTo"], reply.variables["quote"]) == (place, "второй день")
    assert reply.variables["signedAs"] == ["Анна", "anna"]


@pytest.mark.proves("S1-21")
async def test_an_album_is_one_comment_and_its_caption_may_make_it_a_note(desk: Desk) -> None:
    copy = await desk.post()
    for caption in ("// для склада", "второе"):
        photo = ("photo", Upload("a.jpg", "image/jpeg", caption.encode()))
        desk.says(desk.anna, desk.group, caption, media=photo, album="a1", reply_to=copy.id)
    [asked] = await desk.api.wait("AddNote")
    told = asked.variables["content"]
    assert told["kind"] == "ALBUM"
    assert [piece["text"] for piece in told["pieces"]] == ["для склада", "второе"]


@pytest.mark.proves("S1-E4")
async def test_the_cards_button_asks_for_a_note_and_the_reply_is_one(desk: Desk) -> None:
    data = f"c1:note:{TICKET.hex}"
    keyboard = {"inline_keyboard": [[{"text": "Заметка", "callback_data": data}]]}
    params = {"text": "Карточка", "reply_markup": keyboard}
    await desk.send("sendMessage", desk.managers, desk.group.id, params)
    card = await desk.hears(desk.group, "Карточка")
    assert await desk.presses(desk.anna, card, data) == ""
    question = await desk.hears(desk.group, "Анна, ответьте на это сообщение")
    desk.says(desk.anna, desk.group, "Проверить склад", reply_to=question.id)
    [asked] = await desk.api.wait("AddNote")
    assert asked.variables["ticketId"] == str(TICKET)
    assert asked.variables["content"]["text"] == "Проверить склад"
    assert desk.api.of("PostMessage") == []


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
    desk.group.members[desk.anna.id].anonymous = False
    await desk.hears(desk.group, "анонимность")
    await desk.settled("inbox")
    assert len([text for text in desk.texts(desk.group) if "анонимность" in text]) == 1
    assert desk.api.of("PostMessage") == []


async def test_talk_outside_threads_is_nobodys_business(desk: Desk) -> None:
    desk.says(desk.anna, desk.group, "Кто сегодня дежурит?")
    await desk.settled("inbox")
    assert desk.api.of("PostMessage") == []
    assert desk.texts(desk.group) == []
