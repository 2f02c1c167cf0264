"""Deals as read models know them."""

from tests.projections.conftest import alone, owner, prepared, questions

__all__ = ["alone", "owner", "prepared", "questions"]
