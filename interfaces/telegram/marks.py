"""Marks: signs that say the same wherever they stand."""

from typing import Final

STARS: Final = 5
PRIORITIES: Final = {"urgent": "🔴 ", "high": "🟠 ", "normal": "", "low": "⚪ "}
"""Before a ticket's number, by its priority."""


def stars_of(stars: int) -> str:
    """A rating as people see it: ★★★☆☆."""
    return "★" * stars + "☆" * (STARS - stars)
