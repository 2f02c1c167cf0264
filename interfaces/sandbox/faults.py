"""Faults on demand: refusals, broken gateways, lost answers, and updates that misbehave."""

from dataclasses import dataclass, field
from itertools import count
from typing import Final

from interfaces.sandbox.wire import ApiError, Json, too_many_requests, without_nothing

ERROR: Final = "error"
HTML: Final = "html"
DELAY: Final = "delay"
DROP: Final = "drop"
LOSE: Final = "lose"
DUPLICATE: Final = "duplicate"
REORDER: Final = "reorder"
POISON: Final = "poison"
CALL_KINDS: Final = frozenset({ERROR, HTML, DELAY, DROP, LOSE})
UPDATE_KINDS: Final = frozenset({DUPLICATE, REORDER, POISON})

DESCRIPTIONS: Final = {
    400: "Bad Request: simulated",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
}


@dataclass(slots=True, eq=False)
class Fault:
    """What goes wrong, for which calls or updates, and how many times still."""

    kind: str
    method: str = "*"
    """A method for calls, a kind of update (`message`, …) for updates; `*` is any."""
    bot: int | None = None
    chat: int | None = None
    times: int = 1
    code: int = 500
    description: str = ""
    retry_after: int | None = None
    delay: float = 0.0
    after: bool = False
    """Execute first, then answer wrongly (an answer that is lost always executes first)."""
    id: int = field(default_factory=count(1).__next__)

    def matches(self, method: str, bot: int, chat: int | None) -> bool:
        """Whether it applies here."""
        return (
            self.method in {"*", method} and self.bot in {None, bot} and self.chat in {None, chat}
        )

    def refusal(self) -> ApiError:
        """The answer of an `error` fault."""
        if self.code == 429:
            return too_many_requests(self.retry_after or 1)
        return ApiError(
            self.code, self.description or DESCRIPTIONS.get(self.code, f"Error {self.code}")
        )

    def as_json(self) -> Json:
        """For the page."""
        return without_nothing(
            {
                "id": self.id,
                "kind": self.kind,
                "method": self.method,
                "bot": self.bot,
                "chat": self.chat,
                "times": self.times,
                "code": self.code if self.kind == ERROR else None,
                "delay": self.delay or None,
                "after": self.after or None,
            }
        )


class Faults:
    """The faults that are still to happen, oldest first."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []
        self.happened: dict[str, int] = {}

    def plan(self, fault: Fault) -> Fault:
        """Add one; times 0 or less is refused."""
        if fault.kind not in CALL_KINDS | UPDATE_KINDS:
            message = f"unknown kind of fault: {fault.kind}"
            raise ValueError(message)
        if fault.times < 1:
            message = "times must be at least 1"
            raise ValueError(message)
        fault.method = fault.method.lower()
        self.planned.append(fault)
        return fault

    def forget(self, fault_id: int | None = None) -> None:
        """Drop one fault, or all of them."""
        self.planned = [each for each in self.planned if fault_id not in {None, each.id}]

    def for_call(
        self, method: str, bot: int, chat: int | None, *, by_name: bool = False
    ) -> Fault | None:
        """The fault of this call, used up once; `by_name` passes over faults for any method."""
        if not self.planned:
            return None
        return self._take(CALL_KINDS, method, bot, chat, by_name=by_name)

    def for_update(self, kind: str, bot: int, chat: int | None) -> Fault | None:
        """The fault of this update, used up once."""
        return self._take(UPDATE_KINDS, kind, bot, chat) if self.planned else None

    def _take(
        self,
        kinds: frozenset[str],
        what: str,
        bot: int,
        chat: int | None,
        *,
        by_name: bool = False,
    ) -> Fault | None:
        for fault in self.planned:
            if by_name and fault.method == "*":
                continue
            if fault.kind in kinds and fault.matches(what, bot, chat):
                fault.times -= 1
                if not fault.times:
                    self.planned.remove(fault)
                self.happened[fault.kind] = self.happened.get(fault.kind, 0) + 1
                return fault
        return None
