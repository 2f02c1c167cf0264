"""What can be done about clients."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from typing_extensions import override

from application.desk import Answer, Command, Draft
from domain.clients import Client
from domain.staff import Person


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Somebody who writes to a client bot, as Telegram describes them."""

    bot_id: int
    telegram_id: int
    name: str
    username: str | None = None
    language: str = "ru"

    def client_id(self, workspace_id: UUID) -> UUID:
        """The same for every message of this account to this company."""
        return client_id(workspace_id, self.telegram_id)


def client_id(workspace_id: UUID, telegram_id: int) -> UUID:
    """The client's id: one for each Telegram account in a workspace."""
    return uuid5(workspace_id, f"client:{telegram_id}")


async def welcome(draft: Draft, workspace_id: UUID, profile: Profile) -> Client:
    """The client behind a profile, registered or renamed if that is news; refuses a blocked one."""
    id = profile.client_id(workspace_id)
    client = await draft.find(Client, id)
    if client is None:
        return draft.add(
            Client(
                id=id,
                workspace_id=workspace_id,
                timestamp=draft.at,
                bot_id=profile.bot_id,
                telegram_id=profile.telegram_id,
                name=profile.name,
                username=profile.username,
                language=profile.language,
            )
        )
    client.may_write()
    client.rename(profile.name, profile.username)
    return client


@dataclass(frozen=True, kw_only=True)
class RegisterClient(Command):
    """Know somebody who has started the client bot."""

    profile: Profile

    @property
    @override
    def subject(self) -> UUID:
        return self.profile.client_id(self.workspace_id)

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        client = await welcome(draft, self.workspace_id, self.profile)
        return {"client": str(client.id)}


@dataclass(frozen=True, kw_only=True)
class BlockClient(Command):
    """Bar a client from writing."""

    client_id: UUID
    by: UUID | None
    reason: str = ""

    @property
    @override
    def subject(self) -> UUID:
        return self.client_id

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        if self.by is not None:
            (await draft.look(Person, self.by)).must_manage()
        (await draft.get(Client, self.client_id)).block(self.by, self.reason)
        return {}


@dataclass(frozen=True, kw_only=True)
class UnblockClient(Command):
    """Let a client write again."""

    client_id: UUID
    by: UUID | None

    @property
    @override
    def subject(self) -> UUID:
        return self.client_id

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        if self.by is not None:
            (await draft.look(Person, self.by)).must_manage()
        (await draft.get(Client, self.client_id)).unblock(self.by)
        return {}


@dataclass(frozen=True, kw_only=True)
class ChooseClientLanguage(Command):
    """Speak to a client in this language."""

    client_id: UUID
    language: str

    @property
    @override
    def subject(self) -> UUID:
        return self.client_id

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.get(Client, self.client_id)).choose_language(self.language)
        return {}


@dataclass(frozen=True, kw_only=True)
class MarkUnreachable(Command):
    """Note that Telegram cannot deliver to a client."""

    client_id: UUID
    reason: str

    @property
    @override
    def subject(self) -> UUID:
        return self.client_id

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.get(Client, self.client_id)).become_unreachable(self.reason)
        return {}
