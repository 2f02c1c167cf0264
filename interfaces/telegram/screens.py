"""Screens and questions: how what a bot shows stands in a chat.

A screen is a text with inline buttons; it takes the place of the one whose button was pressed. A
question asks for a reply and carries a link that says what the reply is for: nothing is kept.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

import structlog
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    ReplyParameters,
    User,
)

from interfaces.telegram.contents import shortened
from interfaces.telegram.saying import NO_PREVIEW, PROBLEMS, say

log = structlog.get_logger(__name__)

Button: TypeAlias = dict[str, str]
Rows: TypeAlias = Sequence[Sequence[Button]]

UNSEEN: Final = "\u200b"
"""Takes no place on the screen, and carries the link of a question."""
LONGEST: Final = 4096
LONGEST_PLACEHOLDER: Final = 64


class Screen(NamedTuple):
    """A text with inline buttons in rows; `note` is what the pressed button answers."""

    text: str
    rows: Rows = ()
    note: str = ""
    entities: Sequence[MessageEntity] = ()


class Question(NamedTuple):
    """A text to be replied to; `link` is hidden in it and says what the reply is for.

    In a group it begins with the name of whoever is asked.
    """

    text: str
    link: str
    placeholder: str = ""
    asked: User | None = None


async def show(shown: Screen | Question, query: CallbackQuery) -> None:
    """Put a screen where the pressed button was; a question, or a lost place, is a new message."""
    message = query.message
    if not isinstance(message, Message):
        return
    if isinstance(shown, Question):
        await send(shown, message)
        return
    await replace(shown, message)


async def replace(shown: Screen, message: Message) -> None:
    """Put a screen in the place of a message of the bot's; if that is lost, it is a new one."""
    keyboard = [
        [InlineKeyboardButton.model_validate(each) for each in row] for row in shown.rows if row
    ]
    try:
        await message.edit_text(
            shortened(shown.text, LONGEST),
            entities=list(shown.entities) or None,
            reply_markup=InlineKeyboardMarkup(inline_keyboard=keyboard),
            link_preview_options=NO_PREVIEW,
        )
    except TelegramBadRequest as error:
        if "not modified" not in error.message:
            await send(shown, message)
    except PROBLEMS as error:
        log.warning("not shown", error=type(error).__name__, why=str(error)[:200])


async def send(shown: Screen | Question, message: Message, *, reply: bool = False) -> None:
    """Write a screen or a question to the chat of a message, perhaps as a reply to it."""
    if isinstance(shown, Screen):
        text = shortened(shown.text, LONGEST)
        await say(message, text, rows=shown.rows, reply=reply, entities=shown.entities)
        return
    text, entities = _written(shown)
    answered = ReplyParameters(message_id=message.message_id, allow_sending_without_reply=True)
    try:
        await message.answer(
            text,
            entities=entities,
            parse_mode=None,
            link_preview_options=NO_PREVIEW,
            reply_parameters=answered if reply else None,
            reply_markup=ForceReply(
                force_reply=True,
                selective=True if shown.asked else None,
                input_field_placeholder=shown.placeholder[:LONGEST_PLACEHOLDER] or None,
            ),
        )
    except PROBLEMS as error:
        log.warning("not asked", error=type(error).__name__, why=str(error)[:200])


def _written(question: Question) -> tuple[str, list[MessageEntity]]:
    hidden = MessageEntity(type="text_link", offset=0, length=len(UNSEEN), url=question.link)
    if question.asked is None:
        return UNSEEN + question.text, [hidden]
    name = question.asked.full_name
    length = len(name.encode("utf-16-le")) // 2
    mention = MessageEntity(
        type="text_mention", offset=len(UNSEEN), length=length, user=question.asked
    )
    return f"{UNSEEN}{name}, {question.text}", [hidden, mention]


def question_in(message: Message) -> str | None:
    """The link of the bot's own question that a message replies to."""
    question = message.reply_to_message
    if question is None or question.from_user is None or message.bot is None:
        return None
    if question.from_user.id != message.bot.id:
        return None
    return next((entity.url for entity in question.entities or () if entity.url), None)
