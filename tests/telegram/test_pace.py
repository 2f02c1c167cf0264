"""The pace: no more leaves than Telegram takes, in any second and in any minute."""

import random
from itertools import pairwise

import pytest

from infrastructure.pace import MINUTE, Pace, TooSoon, cost_of

pytestmark = pytest.mark.proves("P17")


class Clock:
    """Stands still unless it is told to move."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def sent(pace: Pace, clock: Clock, chat_id: int, seconds: float, costs: list[int]) -> list[float]:
    """When each message left, if all of them leave as soon as they may."""
    times: list[float] = []
    waiting = iter(costs)
    cost = next(waiting)
    while clock.now < seconds:
        try:
            pace.spend(1, chat_id, cost)
        except TooSoon as early:
            clock.now += early.seconds
        else:
            times += [clock.now] * cost
            cost = next(waiting)
    return times


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(at <= one < at + seconds for one in times) for at in times)


def test_a_private_chat_gets_three_at_once_and_one_a_second(clock: Clock) -> None:
    times = sent(Pace(1.0, clock), clock, 5, 60.0, [1] * 1000)
    assert times[:3] == [0.0, 0.0, 0.0]
    assert all(later - earlier > 0.999 for earlier, later in pairwise(times[2:]))


@pytest.mark.parametrize("costs", [[1], [10], [1, 10, 2], [3]])
def test_a_group_never_gets_more_than_eighteen_in_any_minute(
    clock: Clock, costs: list[int]
) -> None:
    times = sent(Pace(1.0, clock), clock, -5, 600.0, costs * 400)
    assert most_within(times, MINUTE) <= 18
    assert len(times) >= 100


def test_a_bot_never_says_more_than_thirty_things_in_any_second(clock: Clock) -> None:
    pace, times = Pace(1.0, clock), list[float]()
    while clock.now < 10.0:
        try:
            pace.spend(1, random.Random(len(times)).randrange(1, 10**9))
        except TooSoon as early:
            clock.now += early.seconds
        else:
            times.append(clock.now)
    assert most_within(times, 1.0) <= 30
    assert len(times) >= 250


def test_what_is_too_soon_costs_nothing(clock: Clock) -> None:
    pace = Pace(1.0, clock)
    for _ in range(3):
        pace.spend(1, 5)
    for _ in range(10):
        with pytest.raises(TooSoon) as early:
            pace.spend(1, 5)
        assert early.value.seconds == pace.rest(1, 5) == pytest.approx(1.0)
    clock.now = 1.0
    pace.spend(1, 5)
    pace.spend(2, 5)  # of another bot


def test_a_sandbox_is_so_many_times_faster(clock: Clock) -> None:
    pace = Pace(10.0, clock)
    for _ in range(3):
        pace.spend(1, 5)
    assert pace.rest(1, 5) == pytest.approx(0.1)
    assert pace.room(1) == 47


def test_a_chat_that_was_too_fast_is_left_alone_by_everybody(clock: Clock) -> None:
    pace = Pace(1.0, clock)
    pace.throttled(1, 5, 7.0)
    with pytest.raises(TooSoon) as early:
        pace.spend(1, 5)
    assert early.value.seconds == 7.0
    pace.spend(1, 6)


def test_a_storm_of_429_silences_the_whole_bot(clock: Clock) -> None:
    pace = Pace(1.0, clock)
    for chat in (1, 1, 2):
        pace.throttled(1, chat, 3.0)
    assert pace.room(1) == 5
    pace.throttled(1, 3, 3.0)
    assert (pace.room(1), pace.room(2)) == (0, 5)
    with pytest.raises(TooSoon):
        pace.spend(1, 9)
    clock.now = 3.1
    assert pace.room(1) == 5


def test_an_album_counts_by_its_pieces() -> None:
    assert cost_of("sendMediaGroup", {"media": [{}, {}, {}]}) == 3
    assert cost_of("copyMessages", {"message_ids": [1, 2]}) == 2
    assert cost_of("createForumTopic", {"name": "№7"}) == 1
