"""Readiness: what a desk needs before it can work, and what can break later."""

from enum import StrEnum
from typing import Final

from domain.aggregate import Refused


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


NOT_SET_UP: Final = frozenset({Lack.CLIENT_BOT, Lack.MANAGER_BOT, Lack.CHANNEL})
"""What a desk never had, rather than something that broke."""


class DeskIsNotReady(Refused):
    """The desk lacks something before it can start; the list of what it lacks says what to do."""
