"""Bots: whom each of a company's Telegram bots talks to."""

from enum import StrEnum
from typing import Final

from domain.aggregate import Refused


class BotRole(StrEnum):
    """Whom a bot talks to."""

    CLIENT = "client"
    MANAGER = "manager"
    EXECUTOR = "executor"


NEEDED: Final = frozenset({BotRole.CLIENT, BotRole.MANAGER})
"""The roles without which a desk does not work."""


class BotRoleIsTaken(Refused):
    """The workspace already has a bot in this role; disconnect that one first."""


class BotWorksAlready(Refused):
    """This bot works here in another role; make one more bot for this one."""
