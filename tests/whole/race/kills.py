"""Deaths: processes are killed as a power cut would do it, and start again."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle

from infrastructure.supervisor import Supervisor


@dataclass
class Deaths:
    """Kills evenly along the way from 0 to 1, `times` in all; roles and houses take turns."""

    first: Supervisor
    second: Supervisor
    times: int
    killed: Counter[str] = field(default_factory=Counter[str])

    def __post_init__(self) -> None:
        first, second = self.first, self.second
        first.longest_pause = second.longest_pause = 0.2
        once = (first, "api"), (second, "gateway"), (first, "projector")
        again = (second, "api"), (first, "gateway"), (first, "projector")
        self._turns = cycle([*once, *again])

    def at(self, progress: float) -> None:
        """Kill somebody who lives if it is time for it."""
        if self.killed.total() >= min(self.times, int(progress * (self.times + 1))):
            return
        house, role = next(turn for turn in self._turns if self._lives(*turn))
        house.kill(role)
        self.killed[role] += 1

    def _lives(self, house: Supervisor, role: str) -> bool:
        process = house.running.get(role)
        return process is not None and process.returncode is None
