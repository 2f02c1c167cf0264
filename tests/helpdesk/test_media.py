"""Every kind of message, both ways, as it was: albums, quotes, reactions, versions, withdrawals."""

from typing import Any

import pytest

from infrastructure.rehearsal import PIXEL
from interfaces.sandbox import people
from interfaces.sandbox.files import Upload
from interfaces.sandbox.messages import Message
from tests.helpdesk.desk import Desk
from tests.helpdesk.talks import Talk

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
PLACE = {"latitude": 55.7, "longitude": 37.6}
FILES = (
    *("photo", "video", "animation", "audio", "document", "voice", "video_note", "sticker"),
    "live_photo",
)
CONTENTS: dict[str, dict[str, Any]] = {
    "location": PLACE,
    "venue": {**PLACE, "title": "Склад", "address": "Мира, 1"},
    "contact": {"phone_number": "+79990000001", "first_name": "Дворник"},
    "poll": {"question": "Когда удобно?", "options": ["утром", "вечером"]},
    "dice": {"emoji": "🎯"},
}
MEGABYTE = 1 << 20


def upload(kind: str, size: int = 0) -> tuple[str, Upload]:
    return kind, Upload(f"{kind}.png", "image/png", PIXEL + b"\0" * size)


def kinds(kind: str) -> dict[str, Any]:
    """What a person sends of this kind."""
    return {"media": upload(kind)} if kind in FILES else {"content": {kind: CONTENTS[kind]}}


async def arrival(talk: Talk, kind: str, after: int) -> Message:
    """The copy of this kind, as soon as a bot has brought it."""
    return await talk.until(
        lambda: next((one for one in talk.heard("", after) if kind in one.as_json(0)), None),
        kind,
    )


@pytest.mark.proves("S1-21", "S1-22", "S1-E6")
async def test_every_kind_of_message_goes_both_ways_and_stays_in_the_history(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Смотрите")
    sent = [*FILES, *CONTENTS]
    for kind in sent:
        olga.writes(**kinds(kind))
        copy = await arrival(anna.group, kind, ticket.card.id)
        assert copy.thread == ticket.root
        anna.comments(ticket, **kinds(kind))
        await arrival(olga.talk, kind, 0)
    kept = await desk.thread(ticket, "kind direction")
    assert [one["kind"] for one in kept if one["direction"] == "IN"] == [
        "TEXT",
        *(kind.upper() for kind in sent),
    ]
    assert [one["kind"] for one in kept if one["direction"] == "OUT"] == [
        kind.upper() for kind in sent
    ]


def send_album(talk: Talk, kind: str, name: str, **more: Any) -> list[Message]:
    return [
        talk.says(f"снимок {n}" if n == 0 else "", media=upload(kind, n), album=name, **more)
        for n in range(3)
    ]


async def album_of(talk: Talk, after: int) -> list[Message]:
    """The three items that came as one album."""

    def look() -> list[Message] | None:
        found = [one for one in talk.heard("", after) if one.album]
        return found if len(found) == 3 else None

    return await talk.until(look, "an album of three")


@pytest.mark.proves("S1-21", "S1-E6")
async def test_albums_stay_albums_both_ways(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Смотрите")
    send_album(olga.talk, "photo", "1001")
    shown = await album_of(anna.group, ticket.card.id)
    assert {one.thread for one in shown} == {ticket.root}
    assert len({one.album for one in shown}) == 1
    assert shown[0].text == "снимок 0"
    seen = 0
    for name, kind in (("2001", "photo"), ("2002", "document")):
        send_album(anna.group, kind, name, **ticket.where)
        got = await album_of(olga.talk, seen)
        assert len({one.album for one in got}) == 1
        seen = got[-1].id
    kept = await desk.thread(ticket, "direction kind pieces { kind }")
    assert [one["kind"] for one in kept] == ["TEXT", "ALBUM", "ALBUM", "ALBUM"]
    assert [one["kind"] for one in kept[-1]["pieces"]] == ["DOCUMENT"] * 3


@pytest.mark.proves("S1-E6")
async def test_replies_keep_what_they_quote_and_reactions_show_on_the_other_side(
    desk: Desk,
) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где синий чайник и чашки?")
    [copy] = ticket.shown("Где синий чайник")
    mine = anna.comments(ticket, "Чайник едет к вам", reply_to=copy.id, quote="синий чайник")
    answer = await olga.hears("Чайник едет")
    asked = next(one for one in olga.talk.chat.messages.values() if "синий" in one.text)
    assert answer.reply_to is asked
    assert answer.quote is not None
    assert answer.quote["text"] == "синий чайник"

    olga.writes("А чашки?", reply_to=answer.id, quote="едет к вам")
    back = await anna.group.hears("А чашки?")
    assert back.reply_to is mine
    assert back.quote is not None
    assert back.quote["text"] == "едет к вам"

    olga.talk.reacts(answer, "👍")
    anna.group.reacts(back, "🔥")
    said = next(one for one in olga.talk.chat.messages.values() if one.text == "А чашки?")
    for message, emoji in ((mine, "👍"), (said, "🔥")):
        by_bots = await anna.group.until(lambda m=message: m.reactions or None, emoji)
        assert list(by_bots.values()) == [[{"type": "emoji", "emoji": emoji}]]


@pytest.mark.proves("S1-22", "S1-E6")
async def test_edits_reach_the_other_side_and_every_version_is_kept(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где закас?")
    [copy] = ticket.shown("закас")
    asked = next(one for one in olga.talk.chat.messages.values() if "закас" in one.text)
    olga.talk.edits(asked, "Где заказ?")
    await anna.group.sees(copy, "Где заказ?")
    mine = anna.comments(ticket, "Зафтра")
    answer = await olga.hears("Зафтра")
    anna.group.edits(mine, "Завтра")
    await olga.talk.sees(answer, "Завтра")
    photo = olga.writes("вот чик", media=upload("photo"))
    shown = await arrival(anna.group, "photo", ticket.card.id)
    olga.talk.edits(photo, "вот чек")
    await anna.group.sees(shown, "вот чек")
    kept = await desk.thread(ticket, "version versions { version text }")
    assert [[v["text"] for v in one["versions"]] for one in kept] == [
        ["Где закас?", "Где заказ?"],
        ["Зафтра", "Завтра"],
        ["вот чик", "вот чек"],
    ]


@pytest.mark.proves("S1-E7")
async def test_what_is_taken_back_goes_and_what_is_only_deleted_stays(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где заказ?")
    wrong = olga.writes("Мой пароль 123")
    copy = await anna.group.hears("Мой пароль")
    olga.writes("/del", reply_to=wrong.id)
    await anna.group.loses(copy)
    await olga.hears("Сообщение отозвано")
    mine = anna.comments(ticket, "Не тому ответила")
    answer = await olga.hears("Не тому")
    anna.comments(ticket, "/del", reply_to=mine.id)
    await olga.talk.loses(answer)

    gone = olga.writes("Это я удалю")
    stays = await anna.group.hears("Это я удалю")
    people.delete(desk.world, olga.talk.chat, gone.id)
    help_ = await olga.talk.asks("/help", "об удалении сообщений Telegram ботам")
    assert "/del в ответ" in help_.text
    assert not stays.deleted
    kept = await desk.thread(ticket, "text withdrawnAt")
    assert [bool(one["withdrawnAt"]) for one in kept] == [False, True, True, False]


@pytest.mark.proves("S1-E6")
async def test_what_telegram_forbids_is_said_to_whoever_sent_it(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где заказ?")
    story = {"story": {"chat": {"id": 1, "type": "private", "first_name": "Кот"}, "id": 3}}
    olga.writes(content=story)
    await olga.hears("Такое сообщение Telegram не даёт передать дальше")
    assert (await anna.group.hears("Клиент прислал то, что мы не передаём")).thread == ticket.root
    said = anna.comments(ticket, content=story)
    await anna.is_told(said, "такие сообщения клиенту не передаются")

    huge = olga.writes("мой архив", media=upload("document", 21 * MEGABYTE))
    copy = await arrival(anna.group, "document", ticket.card.id)
    assert copy.media is not None
    assert copy.media.file is huge.media.file if huge.media else False
    said = anna.comments(ticket, "наш архив", media=upload("document", 22 * MEGABYTE))
    await anna.is_told(said, "файл больше 20 МБ")

    olga.writes("тайна", media=upload("photo"), view_once=True)
    await olga.talk.asks("/help", "одноразовые фото и голосовые не показывает")
    assert ticket.shown("тайна") == []
    assert olga.talk.heard("наш архив") == []
