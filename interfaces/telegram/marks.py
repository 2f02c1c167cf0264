"""Marks: signs that say the same wherever they stand."""

from typing import Final

STARS: Final = 5
CELLS: Final = 10
PRIORITIES: Final = {"urgent": "🔴 ", "high": "🟠 ", "normal": "", "low": "⚪ "}
"""Before a ticket's number, by its priority."""


def stars_of(stars: int) -> str:
    """A rating as people see it: ★★★☆☆."""
    return "★" * stars + "☆" * (STARS - stars)


def progress_of(done: int, total: int) -> str:
    """How far something has come: ▓▓▓▓▓▓░░░░ 62 % (620/1000)."""
    share = done / total if total else 1.0
    full = int(share * CELLS)
    return f"{'▓' * full}{'░' * (CELLS - full)} {int(share * 100)} % ({done}/{total})"
