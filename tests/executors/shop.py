"""A company that has orders to give away, and the phones of those who take them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from infrastructure.fair import SEARCH, Fair, open_fair
from infrastructure.phones import buttons
from infrastructure.town import Company, Graph, found_company
from interfaces.sandbox import people
from interfaces.sandbox.callbacks import Callback
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.messages import Message
from interfaces.sandbox.world import World
from tests.helpdesk.talks import Talk, eventually

PHONE = "+79161234567"
EXECUTORS = "{ executors { nodes { id telegramId reachable } } }"


class Town(Protocol):
    """Where companies are founded."""

    @property
    def world(self) -> World: ...

    @property
    def operator(self) -> Graph: ...


@dataclass(repr=False)
class Executor:
    """Somebody in the executors' chat, who may also talk to the bot."""

    shop: "Shop"
    chat: Talk
    private: Talk

    def starts(self, payload: str = "") -> Message:
        """Open the private chat, perhaps by a link."""
        bot = self.shop.company.executors_bot
        return people.start(self.shop.world, self.chat.user, bot, payload)

    async def takes(self, card: Message) -> str:
        """Press for the order; what the bot answers."""
        return str((await self.answer(card, "claim")).get("text", ""))

    async def asks(self, card: Message) -> str:
        """Press for the phone; what the bot answers."""
        return str((await self.answer(card, "contact")).get("text", ""))

    def press(self, card: Message, action: str) -> Callback:
        """A press of a button that may have gone meanwhile."""
        data = next(one for one in shown_once(card) if f":{action}:" in one)
        return people.click(self.shop.world, self.chat.user, card.chat, card.id, data=data)

    async def answer_to(self, press: Callback) -> dict[str, Any]:
        """The whole answer."""
        told = await press.wait_for_answer(15.0)
        assert told is not None
        return told

    async def answer(self, card: Message, action: str) -> dict[str, Any]:
        return await self.answer_to(self.press(card, action))

    async def is_met(self) -> None:
        """Start the bot and read its greeting."""
        self.starts()
        await self.private.hears("Здравствуйте")

    async def gives_back(self, title: str) -> None:
        """Give an order back that was won."""
        won = await self.private.hears(title)
        await self.private.presses("Отказаться", won)
        await self.private.presses("Не успеваю", won)


@dataclass(repr=False)
class Shop:
    """One company with a search stage and the chat where its deals are shown."""

    town: Town
    company: Company
    fair: Fair
    executors: list[Executor] = field(default_factory=list[Executor])

    @classmethod
    async def opened(cls, town: Town, **offering: Any) -> "Shop":
        number = len(town.world.bots)
        anna = town.world.user("Анна", username=f"seller{number}")
        company = await found_company(town.world, town.operator, "Мастера", number, [anna])
        shop = cls(town, company, await open_fair(company, **offering))
        told = await shop.until_asked(
            "{ roster { nodes { id } } }", lambda told: told["roster"]["nodes"]
        )
        [person] = told["roster"]["nodes"]
        await shop.order("changeRoles", personId=person["id"], roles=["OWNER", "MANAGER"])
        shop.office.says("/start")
        return shop

    async def retire(self) -> None:
        """Let the bots go; nothing that they said was against the rules of the Bot API."""
        bot_id = self.company.executors_bot.id
        await self.company.graph.order("disconnectBot", botId=bot_id)
        wrong = [one.as_json() for one in self.world.journal.violations if one.bot_id == bot_id]
        assert wrong == []

    @property
    def world(self) -> World:
        return self.town.world

    @property
    def office(self) -> Talk:
        """Anna's private chat with the manager bot."""
        anna = self.company.managers[0]
        return Talk(self.world, anna, self.world.private(self.company.managers_bot, anna))

    def executor(self, name: str, *, member: bool = True, **about: Any) -> Executor:
        """Somebody with a phone, in the chat unless they are not."""
        user = self.world.user(name, **about)
        if member:
            set_member(self.world, self.company.executors_chat, user, "member")
        private = self.world.private(self.company.executors_bot, user)
        self.executors.append(
            Executor(
                self,
                Talk(self.world, user, self.company.executors_chat),
                Talk(self.world, user, private),
            )
        )
        return self.executors[-1]

    async def started(self, name: str, **about: Any) -> Executor:
        """Somebody who can be written to."""
        one = self.executor(name, **about)
        await one.is_met()
        return one

    async def offers(self, title: str = "Собрать шкаф", phone: str = PHONE, **more: Any) -> Message:
        """The card of a new deal."""
        await self.fair.deal(title, phone, **more)
        return await self.card(title)

    async def card(self, title: str, after: int = 0) -> Message:
        """The newest card about this, as soon as it stands in the chat."""
        chat = Talk(self.world, self.company.managers[0], self.company.executors_chat)
        return await chat.until(
            lambda: next((one for one in reversed(chat.heard(title, after)) if buttons(one)), None),
            f"the card of {title}",
        )

    async def deal_without_phone(self, title: str) -> None:
        pipeline, stage = self.fair.pipeline_id, self.fair.stages[SEARCH]
        told = {"pipelineId": pipeline, "stageId": stage, "title": title}
        await self.order("createDeal", contact={"name": "Аноним"}, **told)

    async def id_of(self, executor: Executor) -> str:
        """The executor's id, as soon as the API knows them."""
        return str((await self.known(executor))["id"])

    async def known(self, executor: Executor) -> dict[str, Any]:
        """The executor as the API tells them."""
        wanted = executor.chat.user.id

        async def look() -> dict[str, Any] | None:
            nodes = (await self.ask(EXECUTORS))["executors"]["nodes"]
            return next((one for one in nodes if one["telegramId"] == wanted), None)

        return await eventually(look, f"executor {wanted}")

    async def until_reachable(self, executor: Executor, *, reachable: bool) -> None:
        async def look() -> bool | None:
            return (await self.known(executor))["reachable"] is reachable or None

        await eventually(look, f"reachable: {reachable}")

    async def until_asked(
        self, document: str, true: Callable[[dict[str, Any]], object], **variables: object
    ) -> dict[str, Any]:
        """The answer, as soon as it is so."""

        async def look() -> dict[str, Any] | None:
            told = await self.ask(document, **variables)
            return told if true(told) else None

        return await eventually(look, document)

    async def ask(self, document: str, **variables: object) -> dict[str, Any]:
        return await self.company.graph.ask(document, **variables)

    async def order(self, mutation: str, **fields: object) -> dict[str, Any]:
        return await self.company.graph.order(mutation, **fields)


def shown_once(message: Message) -> list[str]:
    """What the buttons that a message has or had say."""
    markups = [message.markup or {}, *message.old_markups]
    rows = [row for markup in markups for row in markup.get("inline_keyboard", ())]
    return [each["callback_data"] for row in rows for each in row if "callback_data" in each]
