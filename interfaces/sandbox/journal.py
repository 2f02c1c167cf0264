"""The journal: every Bot API call, its outcome, and what was wrong with the request."""

from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from interfaces.sandbox.wire import Json

KEPT: Final = 5_000
SHOWN: Final = 200


@dataclass(slots=True, eq=False)
class Entry:
    """One call."""

    at: float
    bot_id: int
    method: str
    fields: Json
    code: int = 0
    description: str = ""
    milliseconds: float = 0.0
    complaints: list[str] = field(default_factory=list[str])
    fault: str = ""
    result: object = None
    id: int = field(default_factory=count(1).__next__)

    def as_json(self) -> Json:
        """For the page and for tests."""
        return {
            "id": self.id,
            "at": self.at,
            "bot": self.bot_id,
            "method": self.method,
            "fields": {name: _short(value) for name, value in self.fields.items()},
            "code": self.code,
            "description": self.description,
            "milliseconds": round(self.milliseconds, 2),
            "violations": self.complaints,
            "fault": self.fault,
        }


class Journal:
    """The last calls, counts by method and code, and all violations."""

    def __init__(self) -> None:
        self.entries: deque[Entry] = deque(maxlen=KEPT)
        self.violations: deque[Entry] = deque(maxlen=KEPT)
        self.counts: Counter[tuple[str, int]] = Counter()

    def write(self, entry: Entry) -> None:
        """Keep a finished call."""
        self.entries.append(entry)
        self.counts[entry.method, entry.code] += 1
        if entry.complaints:
            self.violations.append(entry)

    def by_method(self) -> Json:
        """`{method: {code: number}}`; code 0 is an answer that was never sent."""
        found: dict[str, dict[str, int]] = {}
        for (method, code), number in sorted(self.counts.items()):
            found.setdefault(method, {})[str(code)] = number
        return found


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > SHOWN:
        return value[:SHOWN] + "…"
    return value
