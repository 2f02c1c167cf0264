"""Deaths: processes are killed as a power cut would do it, and start again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from infrastructure.supervisor import Supervisor

KILLED = ("api", "gateway", "projector")


@dataclass
class Deaths:
    """Kills at random whoever lives, evenly along the way from 0 to 1, `times` in all."""

    houses: Sequence[Supervisor]
    chance: Random
    times: int
    killed: Counter[str] = field(default_factory=Counter[str])

    def at(self, progress: float) -> None:
        """Kill somebody if it is time for it."""
        if self.killed.total() < min(self.times, int(progress * (self.times + 1))):
            house, role = self.chance.choice([*self._living()])
            house.kill(role)
            self.killed[role] += 1

    def _living(self) -> Iterator[tuple[Supervisor, str]]:
        for house in self.houses:
            house.longest_pause = 0.2
            for role, process in house.running.items():
                if role in KILLED and process.returncode is None:
                    yield house, role
