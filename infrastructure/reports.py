"""What is told to the API when a letter has arrived, or will not."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import structlog

from application.clients import client_id
from infrastructure.bots import BotAccount
from infrastructure.outbox import Outgoing
from interfaces.telegram.client import LedgerdeskClient
from interfaces.telegram.client.input_types import PlaceInput
from interfaces.telegram.transport import Refusal

log = structlog.get_logger(__name__)

Connect: TypeAlias = Callable[[BotAccount], LedgerdeskClient]
"""The API, with the key of a bot that acts for nobody."""

REASON_LENGTH = 200


class Reports:
    """Reports by the `report` of each letter; what the API refuses is logged and left.

    Every method raises NotNow when the API cannot take the report now: report again.
    """

    def __init__(self, connect: Connect) -> None:
        self._connect = connect

    async def arrived(
        self, account: BotAccount, letter: Outgoing, chat_id: int, messages: Sequence[int]
    ) -> None:
        """A letter stands in a chat as these messages; a topic is told by its thread's id."""
        report = letter.report
        if report is None:
            return
        message_id = messages[0]
        api, command, ticket = self._connect(account), f"sent:{letter.key}", report["ticket"]
        place = PlaceInput(chatId=chat_id, messageId=message_id)
        pieces = list(messages) if len(messages) > 1 else []
        try:
            match report["kind"]:
                case "post":
                    await api.confirm_post(command, ticket, chat_id, message_id)
                case "group_post" | "topic":
                    await api.open_thread(command, ticket, chat_id, message_id)
                case "card":
                    await api.show_card(command, ticket, place)
                case _:
                    await api.confirm_delivery(command, ticket, report["message"], place, pieces)
        except Refusal as refusal:
            log.warning("report refused", key=letter.key, refusal=str(refusal))

    async def failed(self, account: BotAccount, letter: Outgoing, reason: str) -> None:
        """A letter will not arrive; of messages somebody must know."""
        log.warning("letter failed", key=letter.key, bot=account.bot_id, reason=reason)
        report = letter.report
        if report is None or report["kind"] != "message":
            return
        try:
            await self._connect(account).report_failure(
                f"failed:{letter.key}",
                report["ticket"],
                report["message"],
                reason[:REASON_LENGTH],
            )
        except Refusal as refusal:
            log.warning("report refused", key=letter.key, refusal=str(refusal))

    async def lost(self, account: BotAccount, letter: Outgoing) -> None:
        """The topic that a letter was for is gone."""
        report, root_id = letter.report, letter.params.get("message_thread_id")
        log.warning("topic is gone", key=letter.key, bot=account.bot_id)
        if report is None or root_id is None:
            return
        try:
            api = self._connect(account)
            await api.lose_thread(f"lost:{letter.key}", report["ticket"], root_id)
        except Refusal as refusal:
            log.warning("report refused", key=letter.key, refusal=str(refusal))

    async def moved(self, account: BotAccount, from_id: int, to_id: int) -> None:
        """Telegram has given a group another id."""
        try:
            await self._connect(account).migrate_group(f"moved:{from_id}:{to_id}", from_id, to_id)
        except Refusal as refusal:
            log.warning("report refused", chat=from_id, refusal=str(refusal))

    async def unreachable(
        self, account: BotAccount, letter: Outgoing, chat_id: int, reason: str
    ) -> None:
        """The client of a private chat does not want the bot, or is gone."""
        if account.role != "client" or chat_id < 0:
            return
        try:
            await self._connect(account).mark_unreachable(
                f"unreachable:{letter.key}",
                str(client_id(account.workspace_id, chat_id)),
                reason[:REASON_LENGTH],
            )
        except Refusal as refusal:
            log.warning("report refused", key=letter.key, refusal=str(refusal))

    async def is_posted(self, account: BotAccount, letter: Outgoing, chat_id: int) -> bool:
        """Whether a post whose sending ended in doubt was seen in Telegram after all.

        The copy of a channel's post tells its number and not its channel: that is confirmed here.
        What was sent into the group itself has a post already, and is known by its discussion.
        """
        if letter.report is None:
            return False
        found = (await self._connect(account).ticket_places(letter.report["ticket"])).ticket
        if found is None:
            return False
        if letter.report["kind"] != "post" or found.post_id is None:
            return found.root_id is not None
        if found.channel_id is None:
            await self.arrived(account, letter, chat_id, [found.post_id])
        return True
