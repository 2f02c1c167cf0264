"""Callback queries: a button was pressed and spins until it is answered, once, in time."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json, bad_request

LIFE_SECONDS: Final = 150.0
ANSWER_LIMIT: Final = 200


@dataclass(slots=True, eq=False)
class Callback:
    """One press of a button."""

    id: str
    bot_id: int
    person: User
    message: Message
    data: str
    at: float
    answer: Json | None = None
    answered_at: float = 0.0
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait_for_answer(self, seconds: float) -> Json | None:
        """The answer, or nothing when none comes in time."""
        try:
            await asyncio.wait_for(self.answered.wait(), seconds)
        except TimeoutError:
            return None
        return self.answer


class Callbacks:
    """All presses and their answers."""

    def __init__(self) -> None:
        self._by_id: dict[str, Callback] = {}
        self.life = LIFE_SECONDS

    def remember(self, callback: Callback) -> None:
        """A button was pressed."""
        self._by_id[callback.id] = callback

    def unanswered(self) -> int:
        """How many presses still spin."""
        return sum(1 for each in self._by_id.values() if each.answer is None)

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, callback_id: str) -> Callback | None:
        """The press under this id."""
        return self._by_id.get(callback_id)

    def answer(self, bot_id: int, callback_id: str, answer: Json, now: float) -> Callback:
        """Answer a press; refuses strangers' and unknown, late and second answers."""
        callback = self._by_id.get(callback_id)
        if (
            callback is None
            or callback.bot_id != bot_id
            or callback.answer is not None
            or now - callback.at > self.life
        ):
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        callback.answer, callback.answered_at = answer, now
        callback.answered.set()
        return callback
