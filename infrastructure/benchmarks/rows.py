"""A row of the table of figures: what was measured, against which aim, in numbers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import msgspec

Figures: TypeAlias = dict[str, int | float | str]


class Better(StrEnum):
    """Which way a ratio should go."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One ratio and the aim for it; `figures` are what it was computed from, with their units."""

    name: str
    ratio: float
    aim: float
    better: Better
    figures: Figures

    @property
    def met(self) -> bool:
        """Whether the ratio is on the right side of the aim."""
        if self.better is Better.HIGHER:
            return self.ratio >= self.aim
        return self.ratio <= self.aim

    def as_json(self) -> str:
        """One object on one line."""
        told = {
            "name": self.name,
            "ratio": rounded(self.ratio),
            "aim": self.aim,
            "better": self.better.value,
            "figures": {name: rounded(value) for name, value in self.figures.items()},
        }
        return msgspec.json.encode(told).decode()

    def told(self) -> str:
        """The same for people."""
        sign = "≥" if self.better is Better.HIGHER else "≤"
        verdict = "met" if self.met else "MISSED"
        figures = " · ".join(f"{name} {rounded(it)}" for name, it in self.figures.items())
        return (
            f"{self.name:<24} {rounded(self.ratio):>8} {sign} {self.aim:<5} {verdict:<6} {figures}"
        )


def rounded(value: float | str) -> float | str:
    """A number with as many digits as a measurement deserves: three, or all before the point."""
    if isinstance(value, str | int):
        return value
    return round(value) if abs(value) >= 100 else float(f"{value:.3g}")  # noqa: PLR2004
