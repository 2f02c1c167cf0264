"""What is told to the API when a letter has arrived, or will not."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import structlog

from application.clients import client_id
from application.executors import executor_id
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
        api, command = self._connect(account), f"sent:{letter.key}"
        place = PlaceInput(chatId=chat_id, messageId=messages[0])
        try:
            match report:
                case {"kind": "post", "ticket": ticket}:
                    await api.confirm_post(command, ticket, chat_id, messages[0])
                case {"kind": "group_post" | "topic", "ticket": ticket}:
                    await api.open_thread(command, ticket, chat_id, messages[0])
                case {"kind": "card", "ticket": ticket}:
                    await api.show_card(command, ticket, place)
                case {"kind": "offer", "offer": offer}:
                    await api.show_offer(f"{command}:{messages[0]}", offer, place)
                case _:
                    about, album = (report["ticket"], report["message"]), list(messages)
                    pieces = album if len(album) > 1 else []
                    await api.confirm_delivery(command, *about, place, pieces)
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
        """Whoever a private chat is with does not want the bot, or is gone."""
        if chat_id < 0:
            return
        api, company = self._connect(account), account.workspace_id
        command, why = f"unreachable:{letter.key}", reason[:REASON_LENGTH]
        try:
            match account.role:
                case "client":
                    await api.mark_unreachable(command, str(client_id(company, chat_id)), why)
                case "executor":
                    gone = str(executor_id(company, chat_id))
                    await api.mark_executor_unreachable(command, gone, why)
                case _:
                    pass
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
