"""Every kind of message: sent by bots, sent by people, albums, edits, copies."""

import base64
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import (
    BufferedInputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    InputPollOption,
    ReplyParameters,
)

from interfaces.sandbox import people
from interfaces.sandbox.files import Upload
from interfaces.sandbox.wire import Json
from tests.sandbox.conftest import PICTURE, Company

pytestmark = pytest.mark.asyncio
B64 = base64.b64encode(PICTURE).decode()
FILES = ("photo", "document", "voice", "video", "audio", "animation", "video_note", "sticker")


@pytest.fixture
def bot(company: Company) -> Bot:
    """The client bot."""
    return company.bot(company.clients)


def picture(mark: int = 0) -> BufferedInputFile:
    """A photo; another one for each mark."""
    return BufferedInputFile(PICTURE + bytes([mark]), f"{mark}.png")


@pytest.mark.parametrize(
    "said",
    [
        *({"media": {"kind": kind, "b64": B64, "name": "файл.bin"}} for kind in FILES),
        {"media": {"kind": "live_photo", "b64": B64}},
        {"location": {"latitude": 55.7, "longitude": 37.6, "live_period": 900}},
        {"venue": {"latitude": 55.7, "longitude": 37.6, "title": "Склад", "address": "Мира, 1"}},
        {"contact": {"phone_number": "+79990000001", "first_name": "Иван"}},
        {"poll": {"question": "Когда?", "options": ["утром", "вечером"]}},
        {"dice": {"emoji": "🎯"}},
    ],
    ids=lambda said: next(iter(said.get("media", said).values()), "") if "media" in said else "",
)
async def test_what_a_person_sends_comes_to_the_bot_and_can_be_copied(
    company: Company, bot: Bot, said: Json
) -> None:
    kind = said.get("media", {}).get("kind") or next(iter(said))
    await company.emu("say", user=company.client.id, bot=company.clients.id, **said)
    (update,) = await company.updates(company.clients)
    assert update.message is not None
    assert update.message.content_type == kind
    copy = await bot.copy_message(company.group.id, company.client.id, update.message.message_id)
    made = company.group.messages[copy.message_id].as_json(0)
    assert kind in made


async def test_a_bot_sends_a_live_photo_with_its_still(company: Company, bot: Bot) -> None:
    video = BufferedInputFile(b"moving", "live.mp4")
    sent = await bot.send_live_photo(company.client.id, live_photo=video, photo=picture())
    assert sent.content_type == "live_photo"
    assert sent.live_photo is not None
    assert sent.photo is not None
    again = await bot.send_live_photo(
        company.client.id, live_photo=sent.live_photo.file_id, photo=sent.photo[-1].file_id
    )
    assert again.live_photo is not None
    assert again.live_photo.file_unique_id == sent.live_photo.file_unique_id


async def test_a_bot_sends_polls_dice_and_venues(company: Company, bot: Bot) -> None:
    to = company.client.id
    poll = await bot.send_poll(to, "Когда?", [InputPollOption(text="утром")])
    assert poll.poll is not None
    dice = await bot.send_dice(to, emoji="🎯")
    assert dice.dice is not None
    assert 1 <= dice.dice.value <= 6
    venue = await bot.send_venue(to, 55.7, 37.6, "Склад", "Мира, 1")
    assert venue.venue is not None
    closed = await bot.stop_poll(to, poll.message_id)
    assert closed.is_closed
    copy = await bot.copy_message(company.group.id, to, poll.message_id)
    assert company.group.messages[copy.message_id].content["poll"]["id"] != poll.poll.id


async def test_a_quiz_of_a_person_cannot_be_copied(company: Company, bot: Bot) -> None:
    quiz = {"question": "?", "options": ["a"], "type": "quiz", "correct_option_ids": [0]}
    number = company.say(company.client, "", content={"poll": quiz})
    with pytest.raises(TelegramBadRequest, match="message can't be copied"):
        await bot.copy_message(company.group.id, company.client.id, number)


async def test_a_live_location_moves_and_stops(company: Company, bot: Bot) -> None:
    sent = await bot.send_location(company.client.id, 55.7, 37.6, live_period=900)
    moved = await sent.edit_live_location(55.8, 37.7)
    assert not isinstance(moved, bool)
    assert moved.location is not None
    assert moved.location.latitude == 55.8
    await sent.stop_live_location()
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await sent.edit_live_location(55.9, 37.8)


async def test_a_live_location_of_a_person_comes_as_edits(company: Company) -> None:
    place = {"latitude": 55.7, "longitude": 37.6, "live_period": 900}
    number = company.say(company.client, "", content={"location": place})
    people.edit(company.world, company.client, company.talk, number, place={"latitude": 1.0})
    _, update = await company.updates(company.clients, 2)
    assert update.edited_message is not None
    assert update.edited_message.location is not None
    assert update.edited_message.location.latitude == 1.0


async def test_an_album_of_a_person_is_one_group_in_several_updates(company: Company) -> None:
    pieces = [{"kind": "photo", "b64": B64, "name": f"{n}.png"} for n in range(3)]
    await company.emu(
        "say", user=company.client.id, bot=company.clients.id, caption="смотрите", album=pieces
    )
    found = await company.updates(company.clients, 3)
    messages = [each.message for each in found if each.message is not None]
    assert len({each.media_group_id for each in messages}) == 1
    assert [each.caption for each in messages] == ["смотрите", None, None]


async def test_an_album_goes_into_a_thread_with_uploads_and_own_file_ids(
    company: Company, bot: Bot
) -> None:
    root = people.say(company.world, company.boris, company.group, "начало")
    known = await bot.send_photo(company.client.id, picture())
    assert known.photo is not None
    album = await bot.send_media_group(
        company.group.id,
        [
            InputMediaPhoto(media=known.photo[-1].file_id, caption="<b>раз</b>", parse_mode="HTML"),
            InputMediaVideo(media=BufferedInputFile(b"film", "film.mp4")),
        ],
        reply_parameters=ReplyParameters(message_id=root.id),
    )
    assert {each.message_thread_id for each in album} == {root.id}
    assert [each.content_type for each in album] == ["photo", "video"]
    assert album[0].caption_entities is not None


async def test_documents_and_audios_stay_among_themselves(company: Company, bot: Bot) -> None:
    mixed: Any = [
        InputMediaDocument(media=BufferedInputFile(b"d", "d.pdf")),
        InputMediaPhoto(media=picture()),
    ]
    with pytest.raises(TelegramBadRequest, match="can't mix"):
        await bot.send_media_group(company.client.id, mixed)
    album = await bot.send_media_group(
        company.client.id,
        [InputMediaAudio(media=BufferedInputFile(bytes([n]), "a.mp3")) for n in (1, 2)],
    )
    with pytest.raises(TelegramBadRequest, match="can't be in this album"):
        await album[0].edit_media(InputMediaPhoto(media=picture()))


async def test_an_item_of_an_album_gets_another_caption_and_file(
    company: Company, bot: Bot
) -> None:
    album = await bot.send_media_group(
        company.client.id, [InputMediaPhoto(media=picture(n)) for n in (1, 2)]
    )
    edited = await album[1].edit_caption(caption="другая")
    assert not isinstance(edited, bool)
    assert edited.media_group_id == album[1].media_group_id
    swapped = await album[0].edit_media(InputMediaPhoto(media=picture(3), caption="третья"))
    assert not isinstance(swapped, bool)
    assert swapped.photo is not None
    assert album[0].photo is not None
    assert swapped.photo[-1].file_unique_id != album[0].photo[-1].file_unique_id


async def test_a_person_swaps_the_file_of_a_message(company: Company) -> None:
    number = company.say(company.client, "первая", media=("photo", Upload("a", "", PICTURE)))
    other = ("photo", Upload("b", "", PICTURE + b"!"))
    people.edit(company.world, company.client, company.talk, number, None, media=other)
    first, second = await company.updates(company.clients, 2)
    assert first.message is not None
    assert second.edited_message is not None
    assert second.edited_message.caption == "первая"
    assert second.edited_message.photo != first.message.photo


@pytest.mark.parametrize(
    ("kind", "megabytes", "why"),
    [("photo", 10, TelegramBadRequest), ("document", 50, TelegramEntityTooLarge)],
)
async def test_uploads_are_limited(
    company: Company, bot: Bot, kind: str, megabytes: int, why: type[Exception]
) -> None:
    big = BufferedInputFile(bytes(megabytes * 1024 * 1024 + 1), "big.bin")
    with pytest.raises(why):
        await getattr(bot, f"send_{kind}")(company.client.id, big)
