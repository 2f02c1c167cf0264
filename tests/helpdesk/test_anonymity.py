"""Neither side learns who the other is: canaries everywhere, and none on a client's phone."""

import json

import pytest

from interfaces.sandbox.files import Upload
from interfaces.sandbox.people import forward
from interfaces.sandbox.users import User
from tests.helpdesk.desk import Client, Desk, Manager
from tests.helpdesk.tickets import Ticket
from tests.metadata.canary import reveals
from tests.metadata.documents import pdf
from tests.metadata.pictures import jpeg

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
CANARIES = ("Канарейкина", "kanareika", "Анна")


def phone(client: Client) -> str:
    """Everything that a client's phone has got, words, names of files and what is in them."""
    got = [one for one in client.talk.chat.messages.values() if one.by_bot]
    files = [one.media.file for one in got if one.media]
    shown = json.dumps([one.as_json(0) for one in got], ensure_ascii=False)
    return shown + "".join(f"{file.name} {file.data!r}" for file in files)


def named(desk: Desk) -> User:
    """Anna with more names than the company knows."""
    anna = desk.manager("Анна").user
    anna.last_name, anna.username = "Канарейкина", "kanareika"
    return anna


async def _is_kept(anna: Manager, ticket: Ticket, text: str) -> None:
    said = anna.comments(ticket, text)
    await anna.is_told(said, "видно, кто вы")


@pytest.mark.proves("S1-19", "S1-32", "S1-E5", "P20")
async def test_no_name_of_a_manager_reaches_the_client_in_any_way(desk: Desk) -> None:
    anna, olga = desk.as_manager(named(desk)), desk.client("Ольга")
    ticket = await olga.asks("Как вас зовут?")
    for text in ("Меня зовут Анна", "Пишите @kanareika", "Канарейкина, слушаю"):
        await _is_kept(anna, ticket, text)
    anna.comments(ticket, "Я без имени")
    await olga.hears("Я без имени")
    origin = anna.office.says("Пересланное")
    forward(desk.world, anna.user, origin, ticket.group, thread=ticket.root)
    got = await olga.hears("Пересланное")
    assert "forward_origin" not in got.as_json(0)
    entity = {"type": "text_mention", "offset": 0, "length": 4, "user": anna.user.as_json()}
    anna.comments(ticket, "Мама мыла раму", entities=[entity])
    got = await olga.hears("Мама мыла раму")
    assert [one["type"] for one in got.content["entities"]] == ["bold"]
    named_file = Upload("акт Канарейкина.jpg", "image/jpeg", jpeg())
    said = anna.comments(ticket, "Наш акт", media=("document", named_file))
    await anna.is_told(said, "видно, кто вы")
    anna.comments(ticket, "Акт", media=("document", Upload("акт.pdf", "application/pdf", pdf())))
    got = await olga.hears("Акт")
    assert got.media is not None
    assert got.media.file.name == "акт.pdf"
    assert not reveals(got.media.file.data)
    mine = {"phone_number": "+79990000077", "first_name": "Анна", "user_id": anna.user.id}
    said = anna.comments(ticket, content={"contact": mine})
    await anna.is_told(said, "видно, кто вы")
    anna.comments(ticket, "Через бота", via=desk.world.new_bot("Анна", "kanareika_bot"))
    got = await olga.hears("Через бота")
    assert "via_bot" not in got.as_json(0)
    await anna.presses(ticket, "Закрыть")
    await olga.hears("закрыто")
    history = await olga.talk.asks("/history", "Закрытые")
    await olga.talk.presses("№1", history)
    await olga.talk.presses("Переписка", history)
    await olga.talk.sees(history, "Поддержка")
    assert [one for one in CANARIES if one.casefold() in phone(olga).casefold()] == []
    assert str(anna.user.id) not in phone(olga)


@pytest.mark.proves("S1-32")
async def test_a_client_calls_nobody_in_the_group_and_stays_without_a_link(desk: Desk) -> None:
    boris, olga = desk.manager("Борис"), desk.client("Ольга")
    ticket = await olga.asks(f"Позовите @{boris.user.username} и /close")
    [copy] = ticket.shown("Позовите")
    assert not {"mention", "text_mention", "bot_command"} & {
        one["type"] for one in copy.content.get("entities", ())
    }
    assert "forward_origin" not in copy.as_json(0)
    assert copy.author is not None
    assert copy.author.is_bot
    told = await desk.told(1)
    assert told is not None
    assert told["status"] == "OPEN"
