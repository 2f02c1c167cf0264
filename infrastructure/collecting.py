"""Python's garbage collector, as every process of ours sets it."""

import gc
from typing import Final

THRESHOLDS: Final = (50_000, 20, 20)


def spare_what_is_loaded() -> None:
    """Collect seldom, and never look through what is there by now.

    Modules alone are hundreds of thousands of objects: to look through those of the gateway takes a
    tenth of a second or two, in which it answers nobody.
    """
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
