"""What the log says about who claimed which order, read as a stranger would: by SQL alone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg

from tests.whole.race.register import Attempt, Win

RECORDED = """
SELECT notification_id, extract(epoch FROM recorded_at)::float8, command_id,
  originator_id::text, split_part(topic, '#', 1), convert_from(state, 'UTF8')::jsonb
FROM ledger.event_log WHERE workspace_id = ANY(%s)
AND split_part(topic, '#', 1) IN ('Executor.Registered', 'Offer.ClaimAttempted', 'Offer.Claimed')
ORDER BY topic LIKE 'Executor.%%' DESC, 1
"""


class Log:
    """The claims in the log of some workspaces; people are known by their Telegram ids."""

    def __init__(self, dsn: str, workspaces: Sequence[str | UUID]) -> None:
        self.people: dict[str, int] = {}
        self.attempts: list[Attempt] = []
        self.wins: list[Win] = []
        with psycopg.connect(dsn) as connection:
            ids = [UUID(str(id)) for id in workspaces]
            for position, at, command, stream, kind, told in connection.execute(RECORDED, [ids]):
                if kind == "Executor.Registered":
                    self.people[stream] = told["telegram_id"]
                    continue
                about = {"position": position, "command": command, "offer": stream}
                person = self.people[told["by"]]
                if kind == "Offer.Claimed":
                    self.wins.append(Win(person=person, **about))
                else:
                    self.attempts.append(self._attempt(at, person, told, about))

    def _attempt(
        self, at: float, person: int, told: dict[str, Any], about: dict[str, Any]
    ) -> Attempt:
        winner = told.get("winner_id")
        return Attempt(
            at=at,
            person=person,
            outcome=told["outcome"],
            winner=self.people[winner] if winner else None,
            **about,
        )
