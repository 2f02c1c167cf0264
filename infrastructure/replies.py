"""The classifier: what a reply of the Bot API means for the letter behind it.

One table, read from the top; status, words and parameters are judged together, never the class of
an exception. What got no reply at all is not here: see `infrastructure.deliverer`.
"""

from enum import StrEnum
from typing import Final, NamedTuple

from infrastructure.telegram import Reply


class Fate(StrEnum):
    """What must be done about a letter."""

    SENT = "sent"
    """It is out, or what it wanted is already so."""
    THROTTLED = "throttled"
    """Too fast: the chat rests; this was no attempt."""
    MIGRATED = "migrated"
    """The group has become a supergroup: the same letter to the new id."""
    UNREACHABLE = "unreachable"
    """The recipient does not want us, or is gone."""
    SKIPPED = "skipped"
    """What it is about is no longer there."""
    SHUT_OUT = "shut_out"
    """The chat is not open to the bot; of a company's own chat that may change."""
    DETACHED = "detached"
    """What it replies to is gone: the same letter without it."""
    TOPICLESS = "topicless"
    """The ticket's topic is gone: the ticket gets another, and all that was said stands there."""
    UNFORMATTED = "unformatted"
    """Our markup is wrong: the same letter as plain text."""
    TOKEN_DEAD = "token_dead"  # noqa: S105 - a fate
    """The bot is no longer ours; its letters wait."""
    NOT_EXECUTED = "not_executed"
    """Telegram is in trouble, and did nothing: again later."""
    REFUSED = "refused"
    """No retry can help."""


FILE_TOO_BIG: Final = "file_too_big"
FILE_GONE: Final = "file_gone"


class Row(NamedTuple):
    """A reply with this status (None: any) and these words in its description has this fate.

    With `otherwise`, the same thing said another way, perhaps by another bot, may get through.
    `reason` is what people are told instead of Telegram's words.
    """

    status: int | None
    words: str
    fate: Fate
    otherwise: bool = False
    reason: str = ""


TABLE: Final = (
    Row(401, "unauthorized", Fate.TOKEN_DEAD),
    Row(403, "message_author_required", Fate.SKIPPED),
    Row(403, "bot is not a member", Fate.UNREACHABLE, otherwise=True),
    Row(403, "bot was kicked", Fate.UNREACHABLE, otherwise=True),
    Row(403, "", Fate.UNREACHABLE),
    Row(400, "user is deactivated", Fate.UNREACHABLE),
    Row(400, "message is not modified", Fate.SENT),
    Row(400, "query is too old", Fate.SENT),
    Row(400, "query id is invalid", Fate.SENT),
    Row(400, "chat not found", Fate.SHUT_OUT, otherwise=True),
    Row(400, "not enough rights to send", Fate.SHUT_OUT, otherwise=True),
    Row(400, "have no rights to send a message", Fate.SHUT_OUT, otherwise=True),
    Row(400, "need administrator rights in the channel", Fate.SHUT_OUT, otherwise=True),
    Row(400, "chat_write_forbidden", Fate.SHUT_OUT, otherwise=True),
    Row(400, "message to copy not found", Fate.REFUSED, otherwise=True),
    Row(400, "no messages to copy", Fate.REFUSED, otherwise=True),
    Row(400, "can't be copied", Fate.REFUSED, otherwise=True),
    Row(400, "protected content", Fate.REFUSED, otherwise=True),
    Row(400, "chat_forwards_restricted", Fate.REFUSED, otherwise=True),
    Row(400, "file identifier", Fate.REFUSED, otherwise=True, reason=FILE_GONE),
    Row(400, "file_id", Fate.REFUSED, otherwise=True, reason=FILE_GONE),
    Row(400, "file is too big", Fate.REFUSED, reason=FILE_TOO_BIG),
    Row(400, "message to edit not found", Fate.SKIPPED),
    Row(400, "message to delete not found", Fate.SKIPPED),
    Row(400, "message can't be edited", Fate.SKIPPED),
    Row(400, "message can't be deleted", Fate.SKIPPED),
    Row(400, "message to be replied not found", Fate.DETACHED, otherwise=True),
    Row(400, "replied message not found", Fate.DETACHED, otherwise=True),
    Row(400, "quote_text_invalid", Fate.DETACHED, otherwise=True),
    Row(400, "message thread not found", Fate.TOPICLESS),
    Row(400, "topic_deleted", Fate.TOPICLESS),
    Row(400, "can't parse", Fate.UNFORMATTED),
    Row(400, "", Fate.REFUSED),
    Row(413, "", Fate.REFUSED, reason=FILE_TOO_BIG),
    Row(None, "", Fate.NOT_EXECUTED),
)


class Verdict(NamedTuple):
    """The fate of a letter, and why; a throttle may name its seconds, a migration the new chat."""

    fate: Fate
    why: str = ""
    retry_after: int | None = None
    chat_id: int | None = None
    otherwise: bool = False


def classify(reply: Reply) -> Verdict:
    """What a reply means."""
    if reply.ok:
        return Verdict(Fate.SENT)
    why = reply.description
    if (chat_id := reply.parameter("migrate_to_chat_id")) is not None:
        return Verdict(Fate.MIGRATED, why, chat_id=chat_id)
    retry_after = reply.parameter("retry_after")
    if retry_after is not None or reply.status == 429:  # noqa: PLR2004 - Too Many Requests
        return Verdict(Fate.THROTTLED, why, retry_after=retry_after)
    if reply.body is None or "description" not in reply.body:
        return Verdict(Fate.NOT_EXECUTED, why)
    lowered = why.lower()
    rows = (row for row in TABLE if row.status in {None, reply.status} and row.words in lowered)
    row = next(rows)
    return Verdict(row.fate, row.reason or why, otherwise=row.otherwise)
