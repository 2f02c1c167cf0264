"""Lacks: what a desk may lack, and what to do about each."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

import strawberry


@strawberry.enum
class Lack(StrEnum):
    """What a desk lacks: not set up yet, or found broken when somebody looked in Telegram.

    TELEGRAM_UNREACHABLE: nobody could look; this is no defect of the desk.
    """

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
    TELEGRAM_UNREACHABLE = "telegram_unreachable"


WHAT_TO_DO: Final[Mapping[Lack, str]] = {
    Lack.CLIENT_BOT: "Make a bot with @BotFather for your clients and connect its token.",
    Lack.MANAGER_BOT: "Make a second bot with @BotFather for your managers and connect its token.",
    Lack.CHANNEL: "Link a channel with a discussion group, or a group, where tickets stand.",
    Lack.CLIENT_TOKEN_REVOKED: "Connect the client bot's new token: Telegram refuses this one.",
    Lack.MANAGER_TOKEN_REVOKED: "Connect the manager bot's new token: Telegram refuses this one.",
    Lack.CHANNEL_UNREACHABLE: "Add the manager bot to the channel as an administrator.",
    Lack.CHANNEL_POST_RIGHT: "Allow the manager bot to post in the channel.",
    Lack.CHANNEL_EDIT_RIGHT: "Allow the manager bot to edit messages in the channel.",
    Lack.CHANNEL_DELETE_RIGHT: "Allow the manager bot to delete messages in the channel.",
    Lack.DISCUSSION_MISSING: "Link a discussion group to the channel, in the channel's settings.",
    Lack.DISCUSSION_CHANGED: "Link the channel once more: another group is its discussion now.",
    Lack.GROUP_UNREACHABLE: "Add the manager bot to the group as an administrator.",
    Lack.MANAGER_BOT_NOT_GROUP_ADMIN: "Make the manager bot an administrator of the group.",
    Lack.CLIENT_BOT_NOT_IN_GROUP: "Add the client bot to the group.",
    Lack.CLIENT_BOT_NOT_GROUP_ADMIN: "Make the client bot an administrator of the group.",
    Lack.GROUP_DELETE_RIGHT: "Allow the manager bot to delete messages in the group.",
    Lack.GROUP_PROTECTED: "Switch off the protection of content in the group.",
    Lack.GROUP_SLOW_MODE: "Switch off the slow mode of the group.",
    Lack.NOT_A_FORUM: "Switch on the topics of the group, or link it as a plain group.",
    Lack.TOPICS_RIGHT: "Allow the manager bot to manage topics in the group.",
    Lack.EXECUTOR_TOKEN_REVOKED: "Connect the executors' bot's new token: this one is refused.",
    Lack.EXECUTOR_BOT_NOT_IN_CHAT: "Add the executors' bot to its chats, or let it write there.",
    Lack.EXECUTORS_CHAT: "Add the executors' bot to the chat where executors are to see orders.",
    Lack.TELEGRAM_UNREACHABLE: "Telegram did not answer; check again in a moment.",
}


class LackRow(NamedTuple):
    """Something that is missing, and what to do; `hinders`: the desk does not start like this."""

    lack: str
    text: str
    hinders: bool


@strawberry.type
class Readiness:
    """Something that the desk lacks, and what to do about it."""

    lack: Lack
    text: str
    hinders: bool = strawberry.field(
        description="Whether the desk cannot start like this; false: it only has no executors."
    )


def told(lacks: Sequence[str], hindrances: Collection[str]) -> list[LackRow]:
    """Each lack with what to do about it; the hindrances are those that keep a desk shut."""
    return [LackRow(lack, WHAT_TO_DO[Lack(lack)], lack in hindrances) for lack in lacks]
