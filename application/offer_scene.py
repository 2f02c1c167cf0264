"""An offer scene: one event of an offer with everybody whom it may concern, and letters to them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from application.order_letters import DealSeen, OfferCard, OfferSeen, OrderSeen, Party
from application.people import Staff
from application.ports import Letter, Past
from domain.contacts import Contact
from domain.deals import Deal
from domain.events import Recorded
from domain.executors import Executor
from domain.offers import Card, Offer
from domain.pipelines import Pipeline
from domain.workspaces import BotRole, Workspace


class OfferScene:
    """An offer as of one event; `bot_id` is the executors' bot, None while there is none."""

    def __init__(
        self, happened: Recorded, past: Past, workspace: Workspace, offer: Offer, deal: Deal
    ) -> None:
        self.position = happened.position
        self.event = happened.event
        self.past = past
        self.workspace = workspace
        self.offer = offer
        self.deal = deal
        self.bot_id = workspace.bots.get(BotRole.EXECUTOR)
        self.staff = Staff(past, workspace)

    @classmethod
    async def of(cls, happened: Recorded, past: Past, offer_id: UUID) -> "OfferScene | None":
        """The scene of an event about this offer."""
        workspace = await past.get(Workspace, happened.event.workspace_id)
        offer = await past.get(Offer, offer_id)
        deal = await past.get(Deal, offer.deal_id) if offer else None
        if workspace is None or offer is None or deal is None:
            return None
        return cls(happened, past, workspace, offer, deal)

    @property
    def chat_id(self) -> int | None:
        """Where the offer is shown first."""
        return self.offer.offering.chat_id or next(iter(self.workspace.executors_chats), None)

    def new_card(self, seen: OfferSeen, chat_id: int, n: int = 0) -> Letter | None:
        """A card in a chat, by the bot of now; `n` tells those of one offer apart."""
        if self.bot_id is None:
            return None
        report = {"kind": "offer", "offer": str(self.offer.id)}
        key = f"offer:{self.offer.id}:{self.bot_id}:{chat_id}:{n}"
        return self._letter(chat_id, OfferCard(seen), key, report=report)

    def corrections(self, seen: OfferSeen, cards: Sequence[Card] | None = None) -> list[Letter]:
        """Bring the cards up to date."""
        return [
            self._letter(
                card.chat_id,
                OfferCard(seen, card.message_id),
                f"offer:{self.offer.id}:{card.chat_id}:{card.message_id}:{self.position}",
                latest=f"offer:{self.offer.id}:{card.chat_id}:{card.message_id}",
                bot_id=card.bot_id,
            )
            for card in (self.offer.cards if cards is None else cards)
        ]

    async def seen(self) -> OfferSeen:
        """The offer as a chat sees it."""
        offer = self.offer
        named = offer.offering.tells_winner and offer.executor_id is not None
        return OfferSeen(
            offer_id=offer.id,
            number=offer.number,
            card=offer.card,
            standing=offer.standing,
            bot=self.workspace.usernames.get(self.bot_id or 0, ""),
            executor=(await self.name_of(offer.executor_id)) if named else None,
            decides_at=offer.decides_at,
        )

    async def order(self) -> OrderSeen:
        """The offer as somebody sees it who may know whom to call."""
        people = [await self.past.get(Contact, id) for id in self.deal.contacts]
        pipeline = await self.past.get(Pipeline, self.deal.pipeline_id)
        fields = {**pipeline.retired_fields, **pipeline.fields} if pipeline else {}
        return OrderSeen(
            offer_id=self.offer.id,
            number=self.offer.number,
            card=self.offer.card,
            parties=[Party(one.name, one.phones) for one in people if one is not None],
            details=[
                (fields[key].label, self.deal.fields[key])
                for key in self.offer.offering.disclosed
                if key in fields and self.deal.fields.get(key)
            ],
        )

    def deal_seen(self) -> DealSeen:
        """The deal as it is named to a manager."""
        return deal_seen(self.deal)

    async def name_of(self, executor_id: UUID | None) -> str | None:
        """What an executor is called."""
        executor = await self.past.get(Executor, executor_id) if executor_id else None
        return executor.name if executor else None

    async def to_executor(self, executor_id: UUID, said: object, key: str) -> list[Letter]:
        """A letter to an executor, if they can be written to."""
        executor = await self.past.get(Executor, executor_id)
        if self.bot_id is None or executor is None or not executor.reachable:
            return []
        return [self._letter(executor.telegram_id, said, key, language=executor.language)]

    async def to_manager(self, said: object, what: str) -> list[Letter]:
        """A letter to whoever is responsible for the deal, or to those who lead."""
        key = f"{what}:{self.offer.id}:{self.position}"
        return await self.staff.to_responsible(self.deal, said, key)

    def in_chat(self, chat_id: int, said: object, key: str) -> Letter:
        """A letter to a chat of executors."""
        return self._letter(chat_id, said, key)

    def _letter(  # noqa: PLR0913 - what a letter is
        self,
        chat_id: int,
        said: object,
        key: str,
        latest: str | None = None,
        report: Mapping[str, str] | None = None,
        language: str | None = None,
        bot_id: int | None = None,
    ) -> Letter:
        return Letter(
            workspace_id=self.workspace.id,
            bot_id=bot_id or self.bot_id or 0,
            chat_id=chat_id,
            language=language or self.workspace.language,
            said=said,
            key=key,
            latest=latest,
            report=report,
        )


def deal_seen(deal: Deal) -> DealSeen:
    """A deal as it is named to a manager."""
    return DealSeen(deal_id=deal.id, number=deal.number, title=deal.title)
