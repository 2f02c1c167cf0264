"""Rounds: variants take turns, so that whatever slows the machine down slows all of them down."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Generator, Iterable
from contextlib import contextmanager
from statistics import median
from typing import TypeAlias, TypeVar

from infrastructure.collecting import THRESHOLDS

T = TypeVar("T")

Variant: TypeAlias = Callable[[], Awaitable[float]]
"""Plays one round and returns its figure."""


async def alternate(rounds: int, **variants: Variant) -> dict[str, list[float]]:
    """The figures of each variant, a round each in turn; a first round of each does not count."""
    figures: dict[str, list[float]] = {name: [] for name in variants}
    for number in range(-1, rounds):
        order = list(variants.items())
        for name, variant in order if number % 2 else reversed(order):
            gc.collect()
            figure = await variant()
            if number >= 0:
                figures[name].append(figure)
    return figures


def median_ratio(over: Iterable[float], under: Iterable[float]) -> float:
    """The median of the ratios round by round."""
    return median(one / other for one, other in zip(over, under, strict=True))


@contextmanager
def collecting_as_the_api() -> Generator[None]:
    """Python's collector as our processes set it; outside of this it has its defaults."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)


async def rate(work: Iterable[T], act: Callable[[T], Awaitable[object]], callers: int) -> float:
    """How many pieces of work a second so many callers get done, each one after another."""
    waiting = list(work)
    amount = len(waiting)

    async def call() -> None:
        while waiting:
            await act(waiting.pop())

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(callers):
            group.create_task(call())
    return amount / (time.perf_counter() - began)
