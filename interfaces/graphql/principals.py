"""Who asks: what their key is, and for whom they act."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class KeyKind(StrEnum):
    """What a key was issued for."""

    OPERATOR = "operator"
    ADMIN = "admin"
    CLIENT_BOT = "client_bot"
    MANAGER_BOT = "manager_bot"


class Key(NamedTuple):
    """What the server knows of a key: a bot's has both ids, an admin's a workspace."""

    kind: KeyKind
    workspace_id: UUID | None = None
    bot_id: int | None = None


class Who(StrEnum):
    """The parties that authority distinguishes; a bot acts for itself, a client or a manager."""

    STRANGER = "stranger"
    OPERATOR = "operator"
    ADMIN = "admin"
    CLIENT_BOT = "client_bot"
    MANAGER_BOT = "manager_bot"
    CLIENT = "client"
    MANAGER = "manager"


BOTS = {KeyKind.CLIENT_BOT: Who.CLIENT, KeyKind.MANAGER_BOT: Who.MANAGER}


@dataclass(frozen=True)
class Principal:
    """Whoever sent a request; `telegram_id` is the user for whom a bot acts."""

    who: Who
    key: Key | None = None
    telegram_id: int | None = None

    @property
    def trusted_only(self) -> bool:
        """Whether only the documents that ship with the release may be run."""
        return self.key is not None and self.key.kind in BOTS


STRANGER = Principal(Who.STRANGER)


def principal(key: Key, telegram_id: int | None = None) -> Principal:
    """The owner of a key; of a bot's key, the Telegram user for whom the bot acts."""
    if telegram_id is not None and key.kind in BOTS:
        return Principal(BOTS[key.kind], key, telegram_id)
    return Principal(Who(key.kind.value), key)
