"""Slots as read models know them."""

from tests.projections.conftest import prepared, questions

__all__ = ["prepared", "questions"]
