"""Readiness: what a desk needs before it can work, and what can break later."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final

from domain.aggregate import Refused
from domain.bots import BotRole


class Lack(StrEnum):
    """What a desk lacks: not set up yet, or found broken when somebody looked in Telegram."""

    CLIENT_BOT = "client_bot"
    MANAGER_BOT = "manager_bot"
    CHANNEL = "channel"
    CLIENT_TOKEN_REVOKED = "client_token_revoked"  # noqa: S105 - no secret
    MANAGER_TOKEN_REVOKED = "manager_token_revoked"  # noqa: S105 - no secret
    CHANNEL_UNREACHABLE = "channel_unreachable"
    CHANNEL_POST_RIGHT = "channel_post_right"
    CHANNEL_EDIT_RIGHT = "channel_edit_right"
    CHANNEL_DELETE_RIGHT = "channel_delete_right"
    DISCUSSION_MISSING = "discussion_missing"
    DISCUSSION_CHANGED = "discussion_changed"
    GROUP_UNREACHABLE = "group_unreachable"
    MANAGER_BOT_NOT_GROUP_ADMIN = "manager_bot_not_group_admin"
    CLIENT_BOT_NOT_IN_GROUP = "client_bot_not_in_group"
    CLIENT_BOT_NOT_GROUP_ADMIN = "client_bot_not_group_admin"
    GROUP_DELETE_RIGHT = "group_delete_right"
    GROUP_PROTECTED = "group_protected"
    GROUP_SLOW_MODE = "group_slow_mode"
    NOT_A_FORUM = "not_a_forum"
    TOPICS_RIGHT = "topics_right"
    EXECUTOR_TOKEN_REVOKED = "executor_token_revoked"  # noqa: S105 - no secret
    EXECUTOR_BOT_NOT_IN_CHAT = "executor_bot_not_in_chat"
    EXECUTORS_CHAT = "executors_chat"


NOT_SET_UP: Final = frozenset(
    {Lack.CLIENT_BOT, Lack.MANAGER_BOT, Lack.CHANNEL, Lack.EXECUTORS_CHAT}
)
"""What a desk never had, rather than something that broke."""
OF_EXECUTORS: Final = frozenset(
    {Lack.EXECUTOR_TOKEN_REVOKED, Lack.EXECUTOR_BOT_NOT_IN_CHAT, Lack.EXECUTORS_CHAT}
)
"""What only the work with executors waits for: the desk takes tickets without it."""


class DeskIsStopped(Refused):
    """The desk of this company is not working now; please write later."""


class DeskIsNotReady(Refused):
    """The desk lacks something before it can start; the list of what it lacks says what to do."""


def lacking(
    roles: Collection[str],
    group_id: int | None,
    executors_chats: Collection[int],
    found: Iterable[str],
) -> list[str]:
    """What a desk lacks with bots in these roles: what is not set up, else what was `found` broken.

    What the work with executors lacks comes last, if there is a bot for it.
    """
    there = {
        Lack.CLIENT_BOT: BotRole.CLIENT in roles,
        Lack.MANAGER_BOT: BotRole.MANAGER in roles,
        Lack.CHANNEL: group_id is not None,
    }
    broken = list(found)
    missing = [lack.value for lack, so in there.items() if not so]
    lacks = missing or [lack for lack in broken if lack not in OF_EXECUTORS]
    if BotRole.EXECUTOR in roles:
        lacks += [lack for lack in broken if lack in OF_EXECUTORS]
        lacks += [] if executors_chats else [Lack.EXECUTORS_CHAT.value]
    return lacks


def hinders(lacks: Iterable[str]) -> bool:
    """Whether a desk that lacks this cannot start."""
    return not OF_EXECUTORS.issuperset(lacks)
