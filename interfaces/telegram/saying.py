"""What handlers say themselves. It may be lost: nothing in a chat depends on it."""

from collections.abc import Sequence

import structlog
from aiogram.exceptions import AiogramError
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
)

log = structlog.get_logger(__name__)

ALERT_LIMIT = 200
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
PROBLEMS = (AiogramError, TypeError)  # aiogram raises TypeError at a 5xx without a description


async def say(
    message: Message,
    text: str,
    *,
    rows: Sequence[Sequence[dict[str, str]]] = (),
    reply: bool = False,
    entities: Sequence[MessageEntity] = (),
) -> None:
    """Write to the chat of a message, with inline buttons in rows, perhaps as a reply to it."""
    keyboard = [[InlineKeyboardButton.model_validate(each) for each in row] for row in rows if row]
    markup = InlineKeyboardMarkup(inline_keyboard=keyboard) if keyboard else None
    answered = ReplyParameters(message_id=message.message_id, allow_sending_without_reply=True)
    try:
        await message.answer(
            text,
            entities=list(entities) or None,
            reply_parameters=answered if reply else None,
            reply_markup=markup,
            link_preview_options=NO_PREVIEW,
        )
    except PROBLEMS as error:
        log.warning("not said", error=type(error).__name__, why=str(error)[:200])


async def tell(
    query: CallbackQuery, text: str, *, alert: bool = False, url: str | None = None
) -> None:
    """Answer whoever pressed a button, or open a link to the bot; a late answer is no error."""
    try:
        await query.answer(text[:ALERT_LIMIT], show_alert=alert, url=url)
    except PROBLEMS as error:
        log.warning("not answered", error=type(error).__name__, why=str(error)[:200])
