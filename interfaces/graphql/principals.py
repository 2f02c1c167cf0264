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
    EXECUTOR_BOT = "executor_bot"
    SETTINGS_BOT = "settings_bot"


class Key(NamedTuple):
    """What the server knows of a key: a bot's has both ids, an admin's a workspace.

    The settings bot works for every workspace: the one that its key has is of nobody.
    """

    kind: KeyKind
    workspace_id: UUID | None = None
    bot_id: int | None = None


class Who(StrEnum):
    """The parties that authority distinguishes.

    A client bot acts for itself or a client, a manager bot for itself or a manager, an executors'
    bot for itself or whoever may be an executor; the settings bot for an admin of the workspace
    that is named, or for a founder, who has named none.
    """

    STRANGER = "stranger"
    OPERATOR = "operator"
    ADMIN = "admin"
    CLIENT_BOT = "client_bot"
    MANAGER_BOT = "manager_bot"
    EXECUTOR_BOT = "executor_bot"
    SETTINGS_BOT = "settings_bot"
    CLIENT = "client"
    MANAGER = "manager"
    EXECUTOR = "executor"
    FOUNDER = "founder"


BOTS = {
    KeyKind.CLIENT_BOT: Who.CLIENT,
    KeyKind.MANAGER_BOT: Who.MANAGER,
    KeyKind.EXECUTOR_BOT: Who.EXECUTOR,
    KeyKind.SETTINGS_BOT: Who.FOUNDER,
}


@dataclass(frozen=True)
class Principal:
    """Whoever sent a request.

    `telegram_id` is the user for whom a bot acts, `workspace_id` where: the key says it, to the
    settings bot alone its user.
    """

    who: Who
    key: Key | None = None
    telegram_id: int | None = None
    workspace_id: UUID | None = None

    @property
    def trusted_only(self) -> bool:
        """Whether only the documents that ship with the release may be run."""
        return self.key is not None and self.key.kind in BOTS


STRANGER = Principal(Who.STRANGER)


def principal(
    key: Key, telegram_id: int | None = None, workspace_id: UUID | None = None
) -> Principal:
    """The owner of a key; of a bot's key, the Telegram user for whom the bot acts.

    Whether that user belongs to the staff is not known yet: see `Context.identify`.
    """
    own = None if key.kind is KeyKind.SETTINGS_BOT else key.workspace_id
    if telegram_id is None or key.kind not in BOTS:
        return Principal(Who(key.kind.value), key, workspace_id=own)
    if key.kind is KeyKind.SETTINGS_BOT and workspace_id is not None:
        return Principal(Who.ADMIN, key, telegram_id, workspace_id)
    return Principal(BOTS[key.kind], key, telegram_id, own)
