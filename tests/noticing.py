"""Checks that must fail, because the product was broken on purpose."""

from contextlib import AbstractContextManager

import pytest


def noticed(*also: type[BaseException]) -> AbstractContextManager[object]:
    """Expect a check to fail: by its own assertions, or by what it did not expect to be told."""
    return pytest.raises((AssertionError, pytest.fail.Exception, *also))
