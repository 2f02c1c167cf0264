"""A company that sells, and the phones of its staff."""

from dataclasses import dataclass
from typing import Any

from infrastructure.fair import Fair, open_fair
from infrastructure.town import Company, found_company
from interfaces.sandbox import people
from interfaces.sandbox.files import Upload
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.sandbox.world import World
from tests.executors.shop import Town
from tests.helpdesk.talks import Talk

NEW, SEARCH, WORK, WON, LOST = "Новая", "Поиск исполнителя", "В работе", "Успешно", "Отказ"
ROSTER = "query ($at: BigInt) { roster(minPosition: $at) { nodes { id } } }"
DEAL = """query ($id: ID!, $at: BigInt) { deal(id: $id, minPosition: $at) {
  number title stage { name } reason fields { key value } slot { person { name } }
  contacts { name phones email } deleted } }"""
DEALS = "query ($text: String!) { deals(filter: { text: $text }) { nodes { id number title } } }"


@dataclass(repr=False)
class Seller:
    """Somebody of the staff, with the private chat of the manager bot."""

    id: str
    talk: Talk

    async def shown(self, command: str, text: str = "") -> Message:
        """What the bot answers, with these words in it."""
        said = self.talk.says(command)
        return await self.answer(said.id, text)

    async def answer(self, after: int, text: str = "") -> Message:
        """The first thing with these words that the bot says after a message."""
        return await self.talk.until(
            lambda: next(iter(self.talk.heard(text, after)), None), f"an answer with «{text}»"
        )

    async def turned(self, message: Message, label: str, text: str) -> Message:
        """Press a button under a message, which then reads so."""
        await self.talk.presses(label, message)
        return await self.talk.sees(message, text)

    async def opened(self, message: Message, label: str) -> Message:
        """Press a button that is answered with a message of its own."""
        last = max(self.talk.chat.messages)
        await self.talk.presses(label, message)
        return await self.answer(last)

    async def replied(self, question: Message, text: str, told: str = "") -> Message:
        """Reply to a question; what the bot says then, with these words in it."""
        said = self.talk.says(text, reply_to=question.id)
        return await self.answer(said.id, told)

    async def leafed(self, message: Message, label: str) -> None:
        """Turn the pages of a list until there is this button."""
        while label not in str(message.markup):
            before = message.content
            await self.talk.presses("▶", message)
            await self.talk.until(lambda old=before: old is not message.content or None, label)

    async def press(self, message: Message, data: str) -> str:
        """Press a button of one's own making; alerts begin with an exclamation mark."""
        chat, made = self.talk.chat, [[{"text": data, "callback_data": data}]]
        message.old_markups.append({"inline_keyboard": made})
        callback = people.click(self.talk.world, self.talk.user, chat, message.id, data=data)
        answer = await callback.wait_for_answer(15.0) or {}
        return ("! " if answer.get("show_alert") else "") + str(answer.get("text", ""))

    async def card(self, number: int) -> Message:
        return await self.shown(f"/deal {number}")

    def sends(self, name: str, content: bytes) -> Message:
        """Send a file."""
        return self.talk.says(media=("document", Upload(name, "text/csv", content)))


@dataclass(repr=False)
class Sales:
    """One company with a pipeline; Olga leads it."""

    town: Town
    company: Company
    fair: Fair
    olga: Seller

    @classmethod
    async def opened(cls, town: Town, name: str = "Монтаж") -> "Sales":
        """A company whose deals need an address and a date to be worked on."""
        number = len(town.world.bots)
        olga = town.world.user("Ольга", username=f"olga{number}")
        company = await found_company(town.world, town.operator, name, number, [olga])
        order = company.graph.order
        fair = await open_fair(company)
        pipeline = {"pipelineId": fair.pipeline_id}
        kinds = ["Подключение", "Ремонт"]
        about = {"key": "type", "label": "Тип заявки", "kind": "CHOICE", "choices": kinds}
        await order("defineField", **pipeline, **about)
        await order("requireFields", **pipeline, stageId=fair.stages[WORK], keys=["address", "due"])
        await order("requireFields", **pipeline, stageId=fair.stages[WON], keys=["type"])
        await order("setLostReasons", **pipeline, reasons=["Дорого", "Передумали"])
        [person] = (await company.graph.ask(ROSTER))["roster"]["nodes"]
        roles = ["OWNER", "ADMIN", "MANAGER"]
        done = await order("changeRoles", personId=person["id"], roles=roles)
        await company.graph.ask(ROSTER, at=done["position"])
        talk = Talk(town.world, olga, town.world.private(company.managers_bot, olga))
        return cls(town, company, fair, Seller(person["id"], talk))

    @property
    def world(self) -> World:
        return self.town.world

    async def seller(self, name: str) -> Seller:
        """Somebody new on the staff, who has no deals yet."""
        user = self.world.user(name, username=f"seller{len(self.world.users)}")
        about = {"name": name, "telegramId": user.id, "username": user.username}
        fields = "personId position"
        done = await self.company.graph.order("joinStaff", fields, **about)
        await self.company.graph.ask(ROSTER, at=done["position"])
        return Seller(done["personId"], self.talk_of(self.company, user))

    def talk_of(self, company: Company, user: User) -> Talk:
        """Somebody's private chat with the manager bot of a company."""
        return Talk(self.world, user, self.world.private(company.managers_bot, user))

    async def deal(self, seller: Seller | None, title: str, stage: str = NEW, **more: Any) -> int:
        """A new deal of somebody; its number."""
        return (await self.begun(seller, title, stage, **more))["number"]

    async def begun(
        self, seller: Seller | None, title: str, stage: str = NEW, **more: Any
    ) -> dict[str, Any]:
        """A new deal of somebody: its number and id."""
        fields = [{"key": key, "value": value} for key, value in more.pop("fields", {}).items()]
        done = await self.company.graph.order(
            "createDeal",
            "dealId number position",
            pipelineId=self.fair.pipeline_id,
            stageId=self.fair.stages[stage],
            title=title,
            fields=fields,
            responsibleId=seller.id if seller else None,
            **more,
        )
        await self.told(done["dealId"], at=done["position"])
        return done

    async def told(self, deal_id: str, at: int | None = None) -> dict[str, Any]:
        """What the API knows of a deal."""
        return dict((await self.company.graph.ask(DEAL, id=deal_id, at=at))["deal"])

    async def found(self, text: str) -> list[dict[str, Any]]:
        """The deals with this word."""
        return list((await self.company.graph.ask(DEALS, text=text))["deals"]["nodes"])
