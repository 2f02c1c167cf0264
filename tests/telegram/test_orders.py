"""Orders: what managers command in a ticket's thread, and what they change there afterwards."""

from typing import Any

import pytest

from interfaces.sandbox.messages import Message
from interfaces.sandbox.people import edit, react
from tests.telegram.api import eventually, refused
from tests.telegram.conftest import TICKET, Desk, cleared
from tests.telegram.office_answers import ANNA, BORIS, colleague, roster

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def desk(company: Desk) -> Desk:
    return cleared(company)


async def ordered(desk: Desk, text: str, **more: Any) -> Message:
    """The bot's answer to a command of Anna's under a ticket's post."""
    copy = await desk.post()
    said = desk.says(desk.anna, desk.group, text, **{"reply_to": copy.id, **more})
    return await answered(desk, said)


async def answered(desk: Desk, said: Message) -> Message:
    """The bot's reply to a message in the group."""

    def replies() -> list[Message]:
        return [m for m in desk.group.messages.values() if m.by_bot and m.reply_to is said]

    await eventually(replies)
    return replies()[0]


ORDERS: list[tuple[str, str, dict[str, str], str]] = [
    ("/claim", "ClaimTicket", {}, "ваше"),
    ("/close", "StaffClose", {}, "закрыто"),
    ("/close@desk_manager_bot", "StaffClose", {}, "закрыто"),
    ("/reopen", "StaffReopen", {}, "снова открыто"),
    ("/tag #Доставка завтра", "TagTicket", {"tag": "Доставка завтра"}, "поставлена"),
    ("/untag доставка", "UntagTicket", {"tag": "доставка"}, "снята"),
    ("/priority срочно", "PrioritiseTicket", {"priority": "URGENT"}, "срочно"),
    ("/priority LOW", "PrioritiseTicket", {"priority": "LOW"}, "низкий"),
    ("/transfer @boris", "TransferTicket", {"toId": BORIS, "reason": ""}, "Передано: Борис"),
    ("/transfer борис", "TransferTicket", {"toId": BORIS}, "Передано: Борис"),
]


@pytest.mark.proves("S1-18", "S1-25", "S1-26")
@pytest.mark.parametrize(("text", "operation", "about", "told"), ORDERS)
async def test_a_command_in_the_thread_is_obeyed_for_its_ticket(
    desk: Desk, text: str, operation: str, about: dict[str, str], told: str
) -> None:
    people = colleague(ANNA, "Анна", desk.anna.id), colleague(BORIS, "Борис К", 2, username="Boris")
    desk.api.script["Roster"] = [roster(*people)]
    answer = await ordered(desk, text)
    assert told in answer.text
    [asked] = desk.api.of(operation)
    assert asked.variables["ticketId"] == str(TICKET)
    assert asked.user == desk.anna.id
    assert about.items() <= asked.variables.items()
    assert desk.api.of("PostMessage") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/tag", "Напишите метку"),
        ("/untag", "Напишите метку"),
        ("/priority завтра", "Приоритет:"),
        ("/r", "код готового ответа"),
        ("/transfer", "Кому передать"),
        ("/transfer Галина", "Кому передать"),
        ("/help", "/transfer @коллега"),
        ("/dance", "Такой команды нет"),
    ],
)
async def test_a_command_that_says_too_little_is_answered_and_changes_nothing(
    desk: Desk, text: str, told: str
) -> None:
    people = [
        colleague(id, name, n) for n, (id, name) in enumerate([(BORIS, "Борис"), ("9", "Вера")])
    ]
    desk.api.script["Roster"] = [roster(*people)]
    answer = await ordered(desk, text)
    assert told in answer.text
    changing = {"TagTicket", "UntagTicket", "PrioritiseTicket", "TransferTicket", "PostMessage"}
    assert changing.isdisjoint(asked.name for asked in desk.api.asked)


async def test_a_command_for_another_bot_is_none_of_ours(desk: Desk) -> None:
    copy = await desk.post()
    desk.says(desk.anna, desk.group, "/close@another_bot", reply_to=copy.id)
    await desk.settled("inbox")
    assert desk.api.of("StaffClose") == []
    assert len(desk.texts(desk.group)) == 0


async def test_a_command_of_somebody_who_may_not_is_refused_in_words(desk: Desk) -> None:
    desk.api.script["StaffClose"] = [refused("TicketHeldByOther")]
    assert "ведёт другой" in (await ordered(desk, "/close")).text


async def test_a_canned_reply_is_sent_in_silence_unless_it_was_kept(desk: Desk) -> None:
    copy = await desk.post()
    desk.says(desk.anna, desk.group, "/r привет", reply_to=copy.id)
    [asked] = await desk.api.wait("SendCannedReply")
    assert (asked.variables["code"], asked.variables["ticketId"]) == ("привет", str(TICKET))
    await desk.settled("inbox")
    assert desk.texts(desk.group) == []
    kept = {"sendCannedReply": {"number": 7, "kept": "CLOSED"}}
    desk.api.script["SendCannedReply"] = [{"data": kept}]
    said = desk.says(desk.anna, desk.group, "/r привет", reply_to=copy.id)
    assert "закрыто" in (await answered(desk, said)).text


async def test_an_answer_is_taken_back_by_a_reply_to_it(desk: Desk) -> None:
    copy = await desk.post()
    wrong = desk.says(desk.anna, desk.group, "Не туда", reply_to=copy.id)
    answer = desk.says(desk.anna, desk.group, "/del", reply_to=wrong.id)
    assert "отозвано" in (await answered(desk, answer)).text
    [asked] = desk.api.of("WithdrawMessage")
    assert asked.variables["place"] == {"chatId": desk.group.id, "messageId": wrong.id}
    desk.api.script["WithdrawMessage"] = [refused("NoSuchMessage")]
    again = desk.says(desk.anna, desk.group, "/del", reply_to=copy.id)
    assert "на своё сообщение" in (await answered(desk, again)).text


async def test_an_edited_comment_goes_on_as_its_new_version(desk: Desk) -> None:
    copy = await desk.post()
    said = desk.says(desk.anna, desk.group, "Завтро", reply_to=copy.id)
    edit(desk.world, desk.anna, desk.group, said.id, "Завтра")
    [asked] = await desk.api.wait("EditComment")
    assert asked.variables["place"] == {"chatId": desk.group.id, "messageId": said.id}
    assert asked.variables["content"]["text"] == "Завтра"
    assert (asked.variables["note"], asked.variables["signedAs"]) == (False, ["Анна", "anna"])


@pytest.mark.proves("S1-E4", "P20")
@pytest.mark.parametrize(
    ("code", "told"), [("SentAlready", "заметкой оно не станет"), ("TellsWhoYouAre", "кто вы")]
)
async def test_an_edit_that_may_not_reach_the_client_is_explained(
    desk: Desk, code: str, told: str
) -> None:
    copy = await desk.post()
    said = desk.says(desk.anna, desk.group, "Едет", reply_to=copy.id)
    await desk.api.wait("PostMessage")
    desk.api.script["EditComment"] = [refused(code)]
    edit(desk.world, desk.anna, desk.group, said.id, "// Анна проверит")
    assert told in (await answered(desk, said)).text
    [asked] = desk.api.of("EditComment")
    assert (asked.variables["note"], asked.variables["content"]["text"]) == (True, "Анна проверит")


async def test_a_note_stays_one_whatever_it_is_edited_into_and_its_writer_is_told(
    desk: Desk,
) -> None:
    copy = await desk.post()
    said = desk.says(desk.anna, desk.group, "// Узнать", reply_to=copy.id)
    kept = {"editMessage": {"number": 7, "kept": "NOTE"}}
    desk.api.script["EditComment"] = [{"data": kept}]
    edit(desk.world, desk.anna, desk.group, said.id, "Едет")
    assert "Это заметка" in (await answered(desk, said)).text


async def test_edits_that_concern_no_comment_are_left_alone(desk: Desk) -> None:
    copy = await desk.post()
    desk.api.script["EditComment"] = [refused("NotFound")]
    post = desk.says(desk.anna, desk.channel, "Завтра выходной")
    await eventually(lambda: post.copy)
    edit(desk.world, desk.anna, desk.channel, post.id, "Послезавтра выходной")
    talk = desk.says(desk.anna, desk.group, "Кто дежурит?")
    edit(desk.world, desk.anna, desk.group, talk.id, "Кто сегодня дежурит?")
    command = desk.says(desk.anna, desk.group, "/help", reply_to=copy.id)
    edit(desk.world, desk.anna, desk.group, command.id, "/close")
    other = desk.says(desk.boris, desk.group, "ага", reply_to=copy.id)
    edit(desk.world, desk.boris, desk.group, other.id, "ага!")
    await desk.api.wait("EditComment")
    await desk.settled("inbox")
    assert len(desk.api.of("EditComment")) == 1
    assert [m for m in desk.group.messages.values() if m.by_bot and m.reply_to is other] == []


async def test_reactions_in_the_group_are_told_and_those_of_strangers_pass(desk: Desk) -> None:
    copy = await desk.post()
    said = desk.says(desk.boris, desk.group, "Готово", reply_to=copy.id)
    react(desk.world, desk.anna, desk.group, said.id, "👍")
    [asked] = await desk.api.wait("React")
    assert asked.variables["emoji"] == ["👍"]
    assert asked.variables["place"] == {"chatId": desk.group.id, "messageId": said.id}
    desk.api.script["React"] = [refused("NotStaff")]
    react(desk.world, desk.anna, desk.group, said.id, None)
    await desk.api.wait("React", 2)
    assert {outcome for outcome, _ in await desk.settled("inbox")} == {"done"}
