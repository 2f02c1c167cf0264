"""The control interface, the wire and the page."""

import asyncio
import base64
import re
from collections.abc import AsyncIterator

import aiohttp
import orjson
import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.routing import Mount

from interfaces.sandbox.app import PAGE, sandbox
from interfaces.sandbox.serving import served
from interfaces.sandbox.wire import Json
from interfaces.sandbox.world import Forwarding, World

pytestmark = pytest.mark.asyncio


class Remote:
    """Operates a world over HTTP alone."""

    def __init__(self, root: str, http: aiohttp.ClientSession) -> None:
        self.root = root
        self.http = http

    async def emu(self, operation: str, **body: object) -> Json:
        """One operation of the control interface."""
        async with self.http.post(f"{self.root}/emu/{operation}", json=body) as response:
            return await response.json()

    async def bot(self, method: str, **fields: object) -> Json:
        """One method of the bot."""
        url = f"{self.root}/bot77:secret/{method}"
        async with self.http.post(url, json=fields) as response:
            return await response.json()


@pytest_asyncio.fixture(params=["", "/sandbox"])
async def remote(request: pytest.FixtureRequest) -> AsyncIterator[Remote]:
    """A world with one bot and one person, at the root or under a prefix."""
    world = World(forwarding=Forwarding(delay=(0, 0)))
    app = Starlette(routes=[Mount(request.param, sandbox(world))]) if request.param else None
    async with served(world, app=app) as root, aiohttp.ClientSession() as http:
        remote = Remote(root + request.param, http)
        await remote.emu("user", id=1001, first_name="Анна")
        await remote.emu("bot", token="77:secret", username="desk_bot")
        yield remote


async def test_a_story_told_by_http_alone(remote: Remote) -> None:
    await remote.emu("chat", id=-1001, type="channel", title="Заявки", owner=1001)
    await remote.emu("chat", id=-1002, type="supergroup", title="Обсуждение", linked=-1001)
    for chat in (-1001, -1002):
        await remote.emu("member", chat=chat, user=77, status="administrator")
    post = (await remote.bot("sendMessage", chat_id=-1001, text="Заявка"))["result"]
    comment = await remote.emu(
        "say", user=1001, chat=-1001, comment_to=post["message_id"], text="Беру"
    )
    assert comment["ok"]
    history = await remote.emu("history", chat=-1002)
    assert [each.get("text") for each in history["messages"]][-2:] == ["Заявка", "Беру"]
    feed = await remote.emu("history", chat=-1001)
    assert feed["messages"][-1]["comments"] == 1


async def test_media_buttons_and_answers_by_http(remote: Remote) -> None:
    said = await remote.emu(
        "say",
        user=1001,
        bot=77,
        caption="смотрите",
        album=[
            {"kind": "photo", "b64": base64.b64encode(b"one").decode(), "name": "1.jpg"},
            {"kind": "photo", "b64": base64.b64encode(b"two").decode(), "name": "2.jpg"},
        ],
    )
    assert len(said["messages"]) == 2
    sent = await remote.bot(
        "sendMessage",
        chat_id=1001,
        text="ok?",
        reply_markup={"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]},
    )
    number = sent["result"]["message_id"]
    pressing = asyncio.create_task(
        remote.emu("click", user=1001, bot=77, message_id=number, button="Да", wait=5)
    )
    offset, query = 0, None
    while query is None:
        for update in (await remote.bot("getUpdates", offset=offset, timeout=3))["result"]:
            offset = update["update_id"] + 1
            query = update.get("callback_query")
    await remote.bot("answerCallbackQuery", callback_query_id=query["id"], text="принято")
    assert (await pressing)["answer"]["text"] == "принято"
    stats = await remote.emu("stats")
    assert stats["callbacks"] == {"all": 1, "unanswered": 0}
    assert stats["violations"] == 0
    assert (await remote.emu("calls", method="sendMessage"))["calls"][-1]["code"] == 200


async def test_events_are_streamed(remote: Remote) -> None:
    async with remote.http.get(f"{remote.root}/emu/events") as stream:
        await stream.content.readline()
        await remote.emu("start", user=1001, bot=77)
        while True:
            line = await asyncio.wait_for(stream.content.readline(), 5)
            if line.startswith(b"data: "):
                event = orjson.loads(line[6:])
                if event["kind"] == "message":
                    break
        assert event["message"]["text"] == "/start"
        assert event["message"]["chat_key"] == "77:1001"


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("say", {"user": 5, "bot": 77, "text": "?"}),
        ("say", {"user": 1001, "chat": -5, "text": "?"}),
        ("say", {"user": 1001, "bot": 77, "media": {"kind": "document", "b64": "%%%"}}),
        ("click", {"user": 1001, "bot": 77, "message_id": 1, "data": "x"}),
        ("bot", {"token": "nonsense", "username": "x"}),
        ("fault", {"kind": "earthquake"}),
        ("edit", {"user": 1001, "bot": 77}),
        ("nothing", {}),
    ],
)
async def test_nonsense_is_refused_in_words(remote: Remote, operation: str, body: Json) -> None:
    answer = await remote.emu(operation, **body)
    assert answer["ok"] is False
    assert answer["error_code"] in {400, 404}
    assert answer["description"]


async def test_every_way_to_send_fields_is_understood(remote: Remote) -> None:
    await remote.emu("start", user=1001, bot=77)
    url = f"{remote.root}/bot77:secret/SENDMESSAGE"
    fields = {"chat_id": "1001", "text": "раз & два"}
    multipart = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        multipart.add_field(name, value)
    ways = [
        remote.http.get(url, params=fields),
        remote.http.post(url, data=fields),
        remote.http.post(url, json=fields),
        remote.http.post(url, data=multipart),
    ]
    for way in ways:
        async with way as response:
            assert (await response.json())["result"]["text"] == "раз & два"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/bot1:unknown/getMe", 401),
        ("/bot77:secret/noSuchMethod", 404),
        ("/file/bot77:secret/documents/none.bin", 404),
        ("/emu/file/none", 404),
    ],
)
async def test_wrong_addresses(remote: Remote, path: str, code: int) -> None:
    async with remote.http.get(remote.root + path) as response:
        assert response.status == code


async def test_broken_bodies_are_400(remote: Remote) -> None:
    for path in ("/bot77:secret/sendMessage", "/emu/say"):
        async with remote.http.post(
            remote.root + path, data=b'{"a":', headers={"Content-Type": "application/json"}
        ) as response:
            assert response.status == 400


async def test_other_methods_that_return_true_just_do(remote: Remote) -> None:
    assert await remote.bot("setPassportDataErrors", user_id=1001, errors=[]) == {
        "ok": True,
        "result": True,
    }
    assert (await remote.bot("getStickerSet", name="x"))["ok"] is False


async def test_the_page_needs_nothing_from_outside(remote: Remote) -> None:
    async with remote.http.get(remote.root + "/") as response:
        html = await response.text()
    assert "симуляция" in html.lower()
    found = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert found
    for address in found:
        assert not re.match(r"(?:[a-z]+:)?//|/", address), address
        async with remote.http.get(f"{remote.root}/{address}") as response:
            assert response.status == 200
    for part in PAGE.iterdir():
        assert not re.search(r"""(?:src|href|url)\s*[=(]\s*["']?https?:""", part.read_text())
