"""Messages between a bot and a person: text, media, copies, edits, refusals."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    BufferedInputFile,
    ChatMemberBanned,
    InputMediaPhoto,
    ReactionTypeEmoji,
    ReplyParameters,
)

from interfaces.sandbox import people
from interfaces.sandbox.files import Upload
from interfaces.sandbox.membership import block
from tests.sandbox.conftest import PICTURE, Company

pytestmark = pytest.mark.asyncio


@pytest.fixture
def bot(company: Company) -> Bot:
    """The client bot."""
    return company.bot(company.clients)


async def test_a_bot_cannot_write_first(company: Company, bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(company.vera.id, "здравствуйте")


async def test_a_blocked_bot_hears_of_it_and_is_refused(company: Company, bot: Bot) -> None:
    chat = company.world.private(company.clients, company.client)
    block(company.world, company.client, chat, blocked=True)
    (update,) = await company.updates(company.clients)
    assert update.my_chat_member is not None
    assert isinstance(update.my_chat_member.new_chat_member, ChatMemberBanned)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(company.client.id, "вернитесь")
    people_blocked = chat.blocked
    block(company.world, company.client, chat, blocked=False)
    assert people_blocked
    assert await bot.send_message(company.client.id, "спасибо")


async def test_formatting_becomes_entities_counted_in_utf16(company: Company, bot: Bot) -> None:
    sent = await bot.send_message(
        company.client.id,
        '😀 <b>важно &amp; <i>срочно</i></b> <a href="https://a.ru">тут</a>',
        parse_mode="HTML",
    )
    assert sent.text == "😀 важно & срочно тут"
    assert sent.entities is not None
    assert [(each.type, each.offset, each.length) for each in sent.entities] == [
        ("bold", 3, 14),
        ("italic", 11, 6),
        ("text_link", 18, 3),
    ]
    assert sent.html_text.startswith("😀 <b>важно &amp; <i>срочно</i></b>")


@pytest.mark.parametrize("text", ["<b>нет конца", "</b>", "<font>x</font>", "1 < 2"])
async def test_broken_html_is_refused(company: Company, bot: Bot, text: str) -> None:
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await bot.send_message(company.client.id, text, parse_mode="HTML")


async def test_markdown_v2_insists_on_escapes(company: Company, bot: Bot) -> None:
    sent = await bot.send_message(
        company.client.id,
        r"*жирно* \(и _косо_\) `код` [тут](https://a.ru)",
        parse_mode="MarkdownV2",
    )
    assert sent.text == "жирно (и косо) код тут"
    with pytest.raises(TelegramBadRequest, match="is reserved"):
        await bot.send_message(company.client.id, "конец.", parse_mode="MarkdownV2")


@pytest.mark.parametrize(
    ("text", "why"),
    [("x" * 4097, "message is too long"), ("   ", "message text is empty")],
)
async def test_text_limits(company: Company, bot: Bot, text: str, why: str) -> None:
    with pytest.raises(TelegramBadRequest, match=why):
        await bot.send_message(company.client.id, text)


async def test_every_kind_of_media_goes_out_and_comes_back(company: Company, bot: Bot) -> None:
    def upload(name: str) -> BufferedInputFile:
        return BufferedInputFile(name.encode() * 10, name)

    to = company.client.id
    sent = [
        await bot.send_photo(to, BufferedInputFile(PICTURE, "a.png"), caption="подпись"),
        await bot.send_document(to, upload("договор.pdf")),
        await bot.send_voice(to, upload("v.ogg"), duration=7),
        await bot.send_video(to, upload("v.mp4")),
        await bot.send_audio(to, upload("a.mp3"), title="Песня"),
        await bot.send_animation(to, upload("g.gif")),
        await bot.send_video_note(to, upload("n.mp4")),
        await bot.send_sticker(to, upload("s.webp")),
        await bot.send_location(to, 55.75, 37.61),
        await bot.send_contact(to, "+79990000001", "Иван"),
    ]
    assert [each.content_type for each in sent] == [
        "photo", "document", "voice", "video", "audio", "animation", "video_note", "sticker",
        "location", "contact",
    ]  # fmt: skip
    assert sent[0].photo is not None
    assert (sent[0].photo[-1].width, sent[0].photo[-1].height) == (16, 32)
    assert sent[1].document is not None
    assert sent[1].document.file_name == "договор.pdf"
    content = await bot.download(sent[1].document)
    assert content is not None
    assert content.read() == "договор.pdf".encode() * 10
    for message in sent:
        assert await bot.copy_message(company.group.id, to, message.message_id)


async def test_file_ids_belong_to_one_bot_and_unique_ids_to_all(company: Company) -> None:
    people.say(
        company.world, company.boris, company.group,
        media=("document", Upload("a.txt", "text/plain", b"text")),
    )  # fmt: skip
    (mine,) = await company.updates(company.clients)
    (theirs,) = await company.updates(company.manager)
    assert mine.message is not None
    assert theirs.message is not None
    assert mine.message.document is not None
    assert theirs.message.document is not None
    assert mine.message.document.file_id != theirs.message.document.file_id
    assert mine.message.document.file_unique_id == theirs.message.document.file_unique_id
    await company.bot(company.clients).send_document(
        company.client.id, mine.message.document.file_id
    )
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await company.bot(company.clients).get_file(theirs.message.document.file_id)


async def test_a_large_file_cannot_be_downloaded(company: Company, bot: Bot) -> None:
    sent = await bot.send_document(
        company.client.id, BufferedInputFile(b"0" * (20 * 1024 * 1024 + 1), "big.bin")
    )
    assert sent.document is not None
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(sent.document.file_id)


async def test_albums_keep_together_in_copies(company: Company, bot: Bot) -> None:
    album = await bot.send_media_group(
        company.client.id,
        [InputMediaPhoto(media=BufferedInputFile(PICTURE + bytes([n]), "p.png")) for n in range(3)],
    )
    assert len({each.media_group_id for each in album}) == 1
    copies = await bot.copy_messages(
        company.group.id, company.client.id, [each.message_id for each in album]
    )
    groups = {company.group.messages[each.message_id].album for each in copies}
    assert len(groups) == 1
    assert groups != {album[0].media_group_id}


async def test_edits_and_what_they_refuse(company: Company, bot: Bot) -> None:
    sent = await bot.send_message(company.client.id, "один")
    edited = await sent.edit_text("два")
    assert edited is not True
    assert edited.edit_date is not None
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await sent.edit_text("два")
    number = company.say(company.client, "моё")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("чужое", chat_id=company.client.id, message_id=number)


async def test_an_edit_of_a_person_comes_as_an_update(company: Company) -> None:
    chat = company.world.private(company.clients, company.client)
    number = company.say(company.client, "опечтка")
    people.edit(company.world, company.client, chat, number, "опечатка")
    _, update = await company.updates(company.clients, 2)
    assert update.edited_message is not None
    assert update.edited_message.text == "опечатка"


async def test_replies_point_to_what_is_there(company: Company, bot: Bot) -> None:
    number = company.say(company.client, "вопрос")
    reply = await bot.send_message(
        company.client.id, "ответ", reply_parameters=ReplyParameters(message_id=number)
    )
    assert reply.reply_to_message is not None
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(
            company.client.id, "ответ", reply_parameters=ReplyParameters(message_id=9999)
        )
    lost = await bot.send_message(
        company.client.id,
        "ответ",
        reply_parameters=ReplyParameters(message_id=9999, allow_sending_without_reply=True),
    )
    assert lost.reply_to_message is None


async def test_deleting_reacting_and_pinning(company: Company, bot: Bot) -> None:
    sent = await bot.send_message(company.client.id, "лишнее")
    assert await bot.set_message_reaction(
        company.client.id, sent.message_id, [ReactionTypeEmoji(emoji="👍")]
    )
    assert await bot.pin_chat_message(company.client.id, sent.message_id)
    assert await bot.delete_message(company.client.id, sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(company.client.id, sent.message_id)
    with pytest.raises(TelegramBadRequest, match="REACTION_INVALID"):
        await bot.set_message_reaction(
            company.client.id,
            company.say(company.client, "?"),
            [ReactionTypeEmoji(emoji="🧱")],
        )
    old = await bot.send_message(company.client.id, "давнее")
    company.world.jump(48 * 3600 + 1)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(company.client.id, old.message_id)


async def test_copies_are_refused_for_what_is_gone_or_protected(company: Company, bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await bot.copy_message(company.group.id, company.client.id, 9999)
    sent = await bot.send_message(company.client.id, "тайна", protect_content=True)
    with pytest.raises(TelegramBadRequest, match="message can't be copied"):
        await bot.copy_message(company.group.id, company.client.id, sent.message_id)


async def test_a_bot_learns_about_chats(company: Company, bot: Bot) -> None:
    chat = await bot.get_chat(company.group.id)
    assert chat.linked_chat_id == company.channel.id
    me = await bot.get_chat_member(company.group.id, bot.id)
    assert me.status == "administrator"
    owners = await bot.get_chat_administrators(company.group.id)
    assert {each.status for each in owners} == {"creator", "administrator"}
    assert await bot.get_chat_member_count(company.group.id) == 5
