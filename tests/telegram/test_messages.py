"""What clients write goes to the API, as they wrote it, in the order of the chat."""

import pytest

from interfaces.sandbox import people
from interfaces.sandbox.files import Upload
from interfaces.sandbox.media import named_upload
from interfaces.sandbox.posting import changed
from tests.telegram.api import posted, refused
from tests.telegram.conftest import Desk
from tests.telegram.test_clients import own

pytestmark = pytest.mark.asyncio


@pytest.mark.proves("S1-14")
async def test_a_message_goes_to_the_api_and_its_ticket_is_confirmed(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [posted(number=12, opened=True)]
    said = desk.says(desk.klim, desk.talk, "Где мой *заказ*? https://a.example")
    [asked] = await desk.api.wait("PostMessage")
    assert asked.user == desk.klim.id
    assert asked.variables["place"] == {"chatId": desk.klim.id, "messageId": said.id}
    assert asked.variables["content"]["kind"] == "TEXT"
    assert asked.variables["content"]["text"] == "Где мой *заказ*? https://a.example"
    assert asked.variables["content"]["entities"] == [{"type": "url", "offset": 17, "length": 17}]
    await desk.hears(desk.talk, "Обращение №12 принято.")


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        ("Ответим за час.", "Обращение №12 принято.\nОтветим за час."),
        ("Ваш номер — {number}.", "Ваш номер — 12."),
    ],
)
async def test_a_company_confirms_in_its_own_words(desk: Desk, theirs: str, told: str) -> None:
    desk.api.script["PostMessage"] = [posted(number=12, opened=True)]
    desk.api.script["OwnTexts"] = [own("ACCEPTED", theirs)]
    desk.says(desk.klim, desk.talk, "вопрос")
    await desk.hears(desk.talk, told)


async def test_messages_arrive_in_the_order_of_the_chat(desk: Desk) -> None:
    for n in range(20):
        desk.says(desk.klim, desk.talk, f"сообщение {n}")
    asked = await desk.api.wait("PostMessage", 20)
    assert [one.variables["content"]["text"] for one in asked] == [
        f"сообщение {n}" for n in range(20)
    ]


async def test_a_reply_says_what_it_replies_to_and_what_it_quotes(desk: Desk) -> None:
    first = desk.says(desk.klim, desk.talk, "первое, и важное")
    desk.says(desk.klim, desk.talk, "второе", reply_to=first.id, quote="важное")
    asked = await desk.api.wait("PostMessage", 2)
    assert asked[1].variables["replyTo"] == {"chatId": desk.klim.id, "messageId": first.id}
    assert asked[1].variables["quote"] == "важное"


@pytest.mark.proves("S1-E9")
async def test_a_reply_that_reopens_a_ticket_is_confirmed(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [posted(reopened=True)]
    desk.says(desk.klim, desk.talk, "не помогло")
    await desk.hears(desk.talk, "Обращение №7 снова открыто")


async def test_notices_of_telegram_are_no_messages(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, content={"group_chat_created": True})
    desk.says(desk.klim, desk.talk, "после")
    [asked] = await desk.api.wait("PostMessage")
    assert asked.variables["content"]["text"] == "после"


async def test_what_cannot_be_passed_on_is_kept_and_answered(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, content={"something_of_2030": {"new": True}})
    [asked] = await desk.api.wait("PostMessage")
    assert asked.variables["content"] == {"kind": "UNSUPPORTED", "text": "unknown"}
    await desk.hears(desk.talk, "Telegram не даёт передать")


@pytest.mark.proves("S1-21", "S1-E6")
async def test_an_album_is_one_message_with_its_pieces(desk: Desk) -> None:
    said = [
        desk.says(
            desk.klim,
            desk.talk,
            caption,
            media=("photo", Upload(f"{caption}.jpg", "image/jpeg", caption.encode())),
            album="one",
        )
        for caption in ("раз", "два")
    ]
    [asked] = await desk.api.wait("PostMessage")
    content = asked.variables["content"]
    assert (content["kind"], content.get("text", "")) == ("ALBUM", "")
    told = [(one["messageId"], one["kind"], one["text"]) for one in content["pieces"]]
    assert told == [(said[0].id, "PHOTO", "раз"), (said[1].id, "PHOTO", "два")]
    assert all(one["fileId"] for one in content["pieces"])


async def test_an_edit_is_a_new_version_of_the_message(desk: Desk) -> None:
    said = desk.says(desk.klim, desk.talk, "завтра")
    await desk.api.wait("PostMessage")
    people.edit(desk.world, desk.klim, desk.talk, said.id, "послезавтра")
    [asked] = await desk.api.wait("EditMessage")
    assert asked.user == desk.klim.id
    assert asked.variables["place"] == {"chatId": desk.klim.id, "messageId": said.id}
    assert asked.variables["content"]["text"] == "послезавтра"


async def test_the_edit_of_a_caption_names_the_piece_of_the_album(desk: Desk) -> None:
    photo = named_upload("photo", "a.jpg", b"x" * 100, "")
    said = desk.says(desk.klim, desk.talk, "до", media=("photo", photo))
    await desk.api.wait("PostMessage")
    people.edit(desk.world, desk.klim, desk.talk, said.id, "после")
    [asked] = await desk.api.wait("EditMessage")
    assert (asked.variables["content"]["kind"], asked.variables["content"]["text"]) == (
        "PHOTO",
        "после",
    )


async def test_an_edit_of_what_is_in_no_ticket_is_passed_over_in_silence(desk: Desk) -> None:
    desk.api.script["EditMessage"] = [refused("NotFound")]
    said = desk.says(desk.klim, desk.talk, "/help")
    await desk.hears(desk.talk, "/new")
    people.edit(desk.world, desk.klim, desk.talk, said.id, "/help!")
    await desk.api.wait("EditMessage")
    assert {outcome for outcome, _ in await desk.settled("inbox")} == {"done"}
    assert len(desk.texts(desk.talk)) == 1


async def test_a_live_location_that_moves_is_no_new_version(desk: Desk) -> None:
    place = {"latitude": 55.7, "longitude": 37.6, "live_period": 900}
    said = desk.says(desk.klim, desk.talk, content={"location": place})
    await desk.api.wait("PostMessage")
    said.content = {"location": {**place, "longitude": 37.7}}
    changed(desk.world, said)
    desk.says(desk.klim, desk.talk, "еду")
    await desk.api.wait("PostMessage", 2)
    assert desk.api.of("EditMessage") == []


async def test_reactions_are_passed_on_and_taken_away(desk: Desk) -> None:
    said = desk.says(desk.klim, desk.talk, "спасибо")
    await desk.api.wait("PostMessage")
    people.react(desk.world, desk.klim, desk.talk, said.id, "👍")
    people.react(desk.world, desk.klim, desk.talk, said.id, None)
    asked = await desk.api.wait("React", 2)
    assert [one.variables["emoji"] for one in asked] == [["👍"], []]
    assert asked[0].variables["place"] == {"chatId": desk.klim.id, "messageId": said.id}


@pytest.mark.proves("S1-E7")
async def test_a_message_is_taken_back_by_a_reply_to_it(desk: Desk) -> None:
    said = desk.says(desk.klim, desk.talk, "мой пароль 123")
    desk.says(desk.klim, desk.talk, "/del", reply_to=said.id)
    [asked] = await desk.api.wait("WithdrawMessage")
    assert asked.variables["place"] == {"chatId": desk.klim.id, "messageId": said.id}
    await desk.hears(desk.talk, "Сообщение отозвано")
    assert len(desk.api.of("PostMessage")) == 1


async def test_what_is_not_ones_own_is_not_taken_back(desk: Desk) -> None:
    desk.api.script["WithdrawMessage"] = [refused("NoSuchMessage")]
    desk.says(desk.klim, desk.talk, "/help")
    help_ = await desk.hears(desk.talk, "/new")
    desk.says(desk.klim, desk.talk, "/del", reply_to=help_.id)
    await desk.hears(desk.talk, "отозвать нельзя")
    desk.says(desk.klim, desk.talk, "/del")
    await desk.hears(desk.talk, "ответьте на него командой /del")
