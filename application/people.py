"""People: letters to those of the staff whom something about a deal concerns."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from application.ports import Letter, Past
from domain.deals import Deal
from domain.slots import Slot
from domain.staff import Person, Role
from domain.workspaces import BotRole, Workspace

LEADERS: Final = frozenset({Role.OWNER, Role.ADMIN})


class Staff:
    """The staff of a workspace as of one event, written to by the manager bot.

    Without a manager bot the executors' bot writes to them.
    """

    def __init__(self, past: Past, workspace: Workspace) -> None:
        self._past = past
        self._workspace = workspace
        bots = workspace.bots
        self._bot_id = bots.get(BotRole.MANAGER) or bots.get(BotRole.EXECUTOR)

    async def responsible(self, deal: Deal) -> UUID | None:
        """Who sits in the deal's slot, or in the one that lent it to its executor."""
        slot_id = deal.lent_by if deal.lent else deal.slot_id
        slot = await self._past.get(Slot, slot_id) if slot_id else None
        return slot.person_id if slot else None

    async def name_of(self, person_id: UUID | None) -> str | None:
        """What a member of the staff is called."""
        person = await self._past.get(Person, person_id) if person_id else None
        return person.name if person else None

    async def to_responsible(self, deal: Deal, said: object, key: str) -> list[Letter]:
        """A letter to whoever is responsible for a deal; to those who lead if nobody is."""
        person_id = await self.responsible(deal)
        if person_id is not None and (letters := await self.to_person(person_id, said, key)):
            return letters
        return await self.to_leaders(said, key)

    async def to_person(self, person_id: UUID, said: object, key: str) -> list[Letter]:
        """A letter to a member of the staff who works here and is known in Telegram."""
        person = await self._past.get(Person, person_id)
        if person is None or not person.working or person.telegram_id is None:
            return []
        return self._letters([(person.telegram_id, person.language)], said, key)

    async def to_leaders(self, said: object, key: str) -> list[Letter]:
        """A letter to each owner and admin."""
        staff = await self._past.staff()
        known = [
            (one.telegram_id, one.language)
            for one in staff
            if one.telegram_id is not None and LEADERS & {*one.roles}
        ]
        return self._letters(known, said, key)

    def _letters(
        self, people: Sequence[tuple[int, str | None]], said: object, key: str
    ) -> list[Letter]:
        if self._bot_id is None:
            return []
        return [
            Letter(
                workspace_id=self._workspace.id,
                bot_id=self._bot_id,
                chat_id=telegram_id,
                language=language or self._workspace.language,
                said=said,
                key=f"{key}:{telegram_id}",
            )
            for telegram_id, language in people
        ]
