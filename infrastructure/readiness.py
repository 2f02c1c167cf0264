"""Readiness: what of a company's bots, channel and group is not as a desk needs it.

Looked at with the bots' own tokens by getMe, getChat and getChatMember of the Bot API.
"""

import asyncio
from typing import TYPE_CHECKING, Final, cast
from uuid import UUID

import structlog

from domain.readiness import Lack
from domain.surfaces import Surface
from infrastructure.bots import BotAccount, BotAccounts
from infrastructure.telegram import Json, NotSent, Telegram, Unanswered
from interfaces.graphql.bots import TELEGRAM_UNREACHABLE, ChatSeen, Premises

if TYPE_CHECKING:
    from collections.abc import Awaitable

log = structlog.get_logger(__name__)

PATIENCE: Final = 2.0  # seconds for all looks together
REFUSALS: Final = frozenset({400, 403})
AWAY: Final = frozenset({"left", "kicked"})
CHANNEL_RIGHTS: Final = {
    "can_post_messages": Lack.CHANNEL_POST_RIGHT,
    "can_edit_messages": Lack.CHANNEL_EDIT_RIGHT,
    "can_delete_messages": Lack.CHANNEL_DELETE_RIGHT,
}
NO_BOT: Final = {"client": Lack.CLIENT_BOT, "manager": Lack.MANAGER_BOT}
REVOKED: Final = {
    "client": Lack.CLIENT_TOKEN_REVOKED,
    "manager": Lack.MANAGER_TOKEN_REVOKED,
    "executor": Lack.EXECUTOR_TOKEN_REVOKED,
}


class Inspector:
    """Looks for what a desk lacks; asks Telegram with the sealed tokens."""

    def __init__(self, accounts: BotAccounts, telegram: Telegram) -> None:
        self._accounts = accounts
        self._telegram = telegram

    async def inspect(self, premises: Premises) -> list[str]:
        """What the desk lacks now, in the order of `Lack`; or TELEGRAM_UNREACHABLE alone."""
        accounts = {a.role: a for a in await self._accounts.of_workspace(premises.workspace_id)}
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._look(accounts, premises)
        except (NotSent, Unanswered, TimeoutError) as error:
            log.info("could not look", workspace=str(premises.workspace_id), error=str(error))
            return [TELEGRAM_UNREACHABLE]
        return [str(lack) for lack in Lack if lack in found]

    async def chat(self, workspace_id: UUID, chat_id: int) -> ChatSeen | None:
        """A chat that the company's manager bot sees; raises NotSent or Unanswered."""
        for account in await self._accounts.of_workspace(workspace_id):
            if account.role == "manager":
                told = await self._ask(account, "getChat", chat_id=chat_id)
                return _seen(told) if told is not None else None
        return None

    async def linked_group(self, workspace_id: UUID, channel_id: int) -> int | None:
        """The group with the comments of a channel; raises NotSent or Unanswered."""
        seen = await self.chat(workspace_id, channel_id)
        return seen.linked_id if seen is not None else None

    async def is_forum(self, workspace_id: UUID, group_id: int) -> bool:
        """Whether a group has topics; raises NotSent or Unanswered."""
        seen = await self.chat(workspace_id, group_id)
        return seen is not None and seen.is_forum

    async def _look(self, accounts: dict[str, BotAccount], premises: Premises) -> set[Lack]:
        lacks = {lack for role, lack in NO_BOT.items() if role not in accounts}
        answers = await asyncio.gather(*(self._ask(a, "getMe") for a in accounts.values()))
        known = {role: me for role, me in zip(accounts, answers, strict=True) if me is not None}
        lacks |= {REVOKED[role] for role in accounts if role not in known}
        looks: list[Awaitable[set[Lack]]] = []
        if "executor" in known:
            looks += [self._orders(accounts["executor"], id) for id in premises.executors_chats]
        if "executor" in accounts and not premises.executors_chats:
            lacks.add(Lack.EXECUTORS_CHAT)
        if premises.group_id is None:
            lacks.add(Lack.CHANNEL)
        else:
            looks += self._desk(accounts, known, premises, premises.group_id)
        return lacks.union(*await asyncio.gather(*looks))

    def _desk(
        self,
        accounts: dict[str, BotAccount],
        known: dict[str, Json],
        premises: Premises,
        group_id: int,
    ) -> "list[Awaitable[set[Lack]]]":
        """Looks at the channel and the group where the staff works."""
        looks: list[Awaitable[set[Lack]]] = []
        if "manager" in known:
            looks.append(self._group(accounts["manager"], premises, group_id))
            if premises.channel_id is not None:
                looks.append(self._channel(accounts["manager"], premises.channel_id, group_id))
        if "client" in known:
            reads_all = known["client"].get("can_read_all_group_messages") is True
            looks.append(self._guest(accounts["client"], group_id, reads_all=reads_all))
        return looks

    async def _channel(self, bot: BotAccount, channel_id: int, group_id: int) -> set[Lack]:
        chat, member = await self._place(bot, channel_id)
        if chat is None:
            return {Lack.CHANNEL_UNREACHABLE}
        lacks = {lack for right, lack in CHANNEL_RIGHTS.items() if not _may(member, right)}
        linked = chat.get("linked_chat_id")
        if linked is None:
            lacks.add(Lack.DISCUSSION_MISSING)
        elif linked != group_id:
            lacks.add(Lack.DISCUSSION_CHANGED)
        return lacks

    async def _group(self, bot: BotAccount, premises: Premises, group_id: int) -> set[Lack]:
        """What the manager bot needs, and what the group itself is."""
        chat, member = await self._place(bot, group_id)
        if chat is None:
            return {Lack.GROUP_UNREACHABLE}
        forum = premises.surface == Surface.FORUM
        linked = chat.get("linked_chat_id")
        admin = _is_admin(member)
        found = {
            Lack.MANAGER_BOT_NOT_GROUP_ADMIN: not admin,
            Lack.GROUP_DELETE_RIGHT: admin and not _may(member, "can_delete_messages"),
            Lack.TOPICS_RIGHT: admin and forum and not _may(member, "can_manage_topics"),
            Lack.NOT_A_FORUM: forum and not chat.get("is_forum"),
            Lack.GROUP_PROTECTED: bool(chat.get("has_protected_content")),
            Lack.GROUP_SLOW_MODE: bool(chat.get("slow_mode_delay")),
            Lack.DISCUSSION_CHANGED: premises.channel_id is not None
            and linked not in {None, premises.channel_id},
        }
        return {lack for lack, so in found.items() if so}

    async def _guest(self, bot: BotAccount, group_id: int, *, reads_all: bool) -> set[Lack]:
        """What the client bot needs in the group: to be there, and to see what it copies."""
        member = await self._ask(bot, "getChatMember", chat_id=group_id, user_id=bot.bot_id)
        if member is None or member.get("status") in AWAY or member.get("is_member") is False:
            return {Lack.CLIENT_BOT_NOT_IN_GROUP}
        if not _is_admin(member) and not reads_all:
            return {Lack.CLIENT_BOT_NOT_GROUP_ADMIN}
        return set()

    async def _orders(self, bot: BotAccount, chat_id: int) -> set[Lack]:
        """What the executors' bot needs in a chat: to be there, and to write as a member may."""
        chat, member = await self._place(bot, chat_id)
        if chat is None or member is None or not _may_write(chat, member):
            return {Lack.EXECUTOR_BOT_NOT_IN_CHAT}
        return set()

    async def _place(self, bot: BotAccount, chat_id: int) -> tuple[Json | None, Json | None]:
        """A chat, and the bot as a member of it."""
        return await asyncio.gather(
            self._ask(bot, "getChat", chat_id=chat_id),
            self._ask(bot, "getChatMember", chat_id=chat_id, user_id=bot.bot_id),
        )

    async def _ask(self, bot: BotAccount, method: str, **params: int) -> Json | None:
        """What Telegram answers; None when it refuses the bot; raises NotSent or Unanswered."""
        reply = await self._telegram.call(bot.token, method, params, seconds=PATIENCE)
        if reply.ok and isinstance(reply.result, dict):
            return cast("Json", reply.result)
        if reply.knows_no_such_bot or (reply.body is not None and reply.status in REFUSALS):
            return None
        raise Unanswered(f"{method}: {reply.description}")


def _is_admin(member: Json | None) -> bool:
    return member is not None and member.get("status") in {"creator", "administrator"}


def _may_write(chat: Json, member: Json) -> bool:
    """Administrators always, the restricted as they were told, members as the chat lets them."""
    status, permissions = member.get("status"), cast("Json", chat.get("permissions") or {})
    if status == "restricted":
        return member.get("is_member") is True and member.get("can_send_messages") is True
    closed = permissions.get("can_send_messages") is False
    return status not in AWAY and (_is_admin(member) or not closed)


def _may(member: Json | None, right: str) -> bool:
    """Owners may everything, administrators what they were given."""
    if member is None:
        return False
    given = member.get("status") == "administrator" and member.get(right) is True
    return given or member.get("status") == "creator"


def _seen(chat: Json) -> ChatSeen:
    linked = chat.get("linked_chat_id")
    return ChatSeen(
        chat_id=int(chat["id"]),
        kind=str(chat.get("type")),
        title=str(chat.get("title", "")),
        linked_id=linked if isinstance(linked, int) else None,
        is_forum=chat.get("is_forum") is True,
    )
