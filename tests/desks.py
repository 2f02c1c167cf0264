"""A firm's log in Postgres, and two desks there that know nothing of each other."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from application.desk import Command, Desk, Done, Refused
from domain.aggregate import Aggregate
from tests.firm import Firm
from tests.ledger import opened, order, recorded


class Desks:
    """Two desks of one firm; what they do is in the database alone."""

    def __init__(self, firm: Firm, desks: Sequence[Desk]) -> None:
        self.firm = firm
        self.news: list[Aggregate.Event] = []
        self._desks = desks

    def order(self, kind: type[Command], command_id: str, /, **told: Any) -> Command:
        told = {"at": self.firm.now} | told
        return order(kind, self.firm.workspace_id, command_id, **told)

    async def all_at_once(
        self, orders: Sequence[Command], refused: type[Refused] | tuple[()] = ()
    ) -> list[Done]:
        """One after the other gets the next order, none waits; the answers of those not refused."""
        turns = (self._desks[n % len(self._desks)] for n in range(len(orders)))
        together = (desk.execute(one) for desk, one in zip(turns, orders, strict=True))
        answers = await asyncio.gather(*together, return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException) and not isinstance(answer, refused):
                raise answer
        return [answer for answer in answers if isinstance(answer, Done)]

    def happened(self, *kinds: type[Aggregate.Event]) -> list[Any]:
        """The events of these kinds that the log held when the desks closed, in order."""
        return [event for event in self.news if isinstance(event, kinds)]


@asynccontextmanager
async def two_desks(dsn: str, firm: Firm, desk: type[Desk] = Desk) -> AsyncIterator[Desks]:
    """Go on in Postgres where the firm stands; all that is recorded there is known at the end."""
    async with opened(dsn) as (here, connections), opened(dsn) as (there, _):
        for save in firm.log.saves:
            await here.append(save)
        open_desks = Desks(firm, [desk(here), desk(there)])
        yield open_desks
        open_desks.news = await recorded(connections, firm.workspace_id)
