"""The surfaces on which a staff can work in Telegram."""

from enum import StrEnum

from domain.aggregate import Refused


class Surface(StrEnum):
    """Where tickets stand: posts of a channel with comments, topics of a forum, a plain group."""

    CHANNEL = "channel"
    FORUM = "forum"
    GROUP = "group"


class ChatIsTheStaffs(Refused):
    """The staff works in this group; make another one for executors."""
