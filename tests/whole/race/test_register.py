"""The checker of races passes what one register can do, and finds whatever it cannot."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.whole.race.register import (
    LOST,
    REPEATED,
    WON,
    Attempt,
    Flaw,
    History,
    Press,
    Read,
    Told,
    Win,
    violations,
)

ANNA, BORIS, VERA = 1, 2, 3
OFFERS = st.sampled_from(["one", "two"])
PEOPLE = st.sampled_from([ANNA, BORIS, VERA])
WHILE = st.integers(0, 12)
ANSWERED, UNHEARD, UNKNOWN = "answered", "recorded and not answered", "never arrived"
FATES = st.sampled_from([ANSWERED, ANSWERED, UNHEARD, UNKNOWN])


class Register:
    """What truly happens, one moment after the other, and who notices it from when to when."""

    def __init__(self, *, tells: bool = True) -> None:
        self.history = History()
        self._winners: dict[str, int] = {}
        self._tells = tells
        self._now = 0

    def press(
        self, person: int, offer: str, before: int = 1, after: int = 1, fate: str = ANSWERED
    ) -> None:
        """Somebody presses so long before it counts, and is answered so long after that."""
        now, command = self._now, f"press {self._now}"
        self._now += 1
        told = None
        if fate != UNKNOWN:
            told = self._count(command, person, offer, now)
        heard = fate == ANSWERED
        pressed = Press(
            command=command,
            person=person,
            offer=offer,
            began=now - before,
            ended=now + after if heard else inf,
            told=told if heard else None,
        )
        self.history.presses.append(pressed)

    def look(self, offer: str, before: int = 1, after: int = 1) -> None:
        """Somebody looks whose it is."""
        began, ended = self._now - before, self._now + after
        self._now += 1
        winner = self._winners.get(offer)
        self.history.reads.append(Read(offer=offer, began=began, ended=ended, winner=winner))

    def _count(self, command: str, person: int, offer: str, now: int) -> Told:
        first = offer not in self._winners
        winner = self._winners.setdefault(offer, person)
        outcome = WON if first else REPEATED if winner == person else LOST
        common: dict[str, Any] = {"command": command, "person": person, "offer": offer}
        attempt = Attempt(position=2 * now, at=now, outcome=outcome, winner=winner, **common)
        self.history.attempts.append(attempt)
        if first:
            self.history.wins.append(Win(position=2 * now + 1, **common))
        return Told(winner == person, winner if self._tells else None)


@given(st.data(), st.booleans())
@settings(max_examples=300, derandomize=True, database=None, deadline=None)
def test_whatever_one_register_can_do_is_right(data: st.DataObject, tells: bool) -> None:
    register = Register(tells=tells)
    for _ in range(data.draw(st.integers(0, 14))):
        offer, before, after = data.draw(st.tuples(OFFERS, WHILE, WHILE))
        if data.draw(st.integers(0, 3)):
            register.press(data.draw(PEOPLE), offer, before, after, data.draw(FATES))
        else:
            register.look(offer, before, after)
    assert violations(register.history) == []


def race() -> History:
    """Anna is the first, Boris loses, Anna presses again, Vera loses, everybody may look."""
    register = Register()
    register.look("one", after=0)
    for person in (ANNA, BORIS, ANNA, VERA):
        register.press(person, "one", before=0)
    register.press(BORIS, "two")
    register.look("one", before=0)
    return register.history


def _press(n: int, **changes: Any) -> Callable[[History], None]:
    def plant(history: History) -> None:
        history.presses[n] = replace(history.presses[n], **changes)

    return plant


def _attempt(n: int, **changes: Any) -> Callable[[History], None]:
    def plant(history: History) -> None:
        history.attempts[n] = replace(history.attempts[n], **changes)

    return plant


def _second_winner(history: History) -> None:
    history.wins.append(Win(position=99, command="press 2", person=BORIS, offer="one"))


def _no_winner(history: History) -> None:
    del history.wins[0]


def _another_winner(history: History) -> None:
    history.wins[0] = replace(history.wins[0], person=BORIS)


def _forgotten_loser(history: History) -> None:
    del history.attempts[1]


def _recorded_again(history: History) -> None:
    history.attempts.append(replace(history.attempts[1], position=98))


def _nobody_pressed(history: History) -> None:
    history.attempts.append(replace(history.attempts[1], position=98, command="press 7"))


def _slow_winner(history: History) -> None:
    """Boris has his answer, then Anna presses."""
    history.presses[0] = replace(history.presses[0], began=history.presses[1].ended + 1, ended=inf)


def _read(n: int, winner: int | None) -> Callable[[History], None]:
    def plant(history: History) -> None:
        history.reads[n] = replace(history.reads[n], winner=winner)

    return plant


PLANTED: list[tuple[Flaw, Callable[[History], None]]] = [
    (Flaw.TWO_WINNERS, _second_winner),
    (Flaw.NO_ATTEMPT, _another_winner),
    (Flaw.NO_ATTEMPT, _attempt(0, outcome=REPEATED)),
    (Flaw.FALSE_WINNER, _no_winner),
    (Flaw.FALSE_WINNER, _press(1, told=Told(True))),
    (Flaw.WRONG_WINNER, _press(1, told=Told(False, VERA))),
    (Flaw.WRONG_WINNER, _attempt(1, winner=VERA)),
    (Flaw.WRONG_WINNER, _attempt(1, winner=None)),
    (Flaw.WRONG_WINNER, _attempt(2, outcome=LOST)),
    (Flaw.TWO_TALES, _press(2, told=Told(False, BORIS))),
    (Flaw.TWO_TALES, _press(2, told=Told(False))),
    (Flaw.TOO_EARLY, _slow_winner),
    (Flaw.DISORDER, _no_winner),
    (Flaw.DISORDER, _attempt(1, position=0)),
    (Flaw.UNRECORDED, _forgotten_loser),
    (Flaw.TWICE, _recorded_again),
    (Flaw.INVENTED, _nobody_pressed),
    (Flaw.INVENTED, _attempt(1, person=VERA)),
    (Flaw.CONTRARY, _attempt(2, outcome=LOST)),
    (Flaw.CONTRARY, _press(3, told=Told(True))),
    (Flaw.OUT_OF_TIME, _attempt(1, at=0)),
    (Flaw.OUT_OF_TIME, _attempt(1, at=9)),
    (Flaw.BAD_READ, _read(0, ANNA)),
    (Flaw.BAD_READ, _read(1, BORIS)),
    (Flaw.BAD_READ, _read(1, None)),
]


@pytest.mark.parametrize(("flaw", "plant"), PLANTED, ids=lambda one: getattr(one, "name", ""))
def test_a_planted_fault_is_found(flaw: Flaw, plant: Callable[[History], None]) -> None:
    history = race()
    assert violations(history) == []
    plant(history)
    found = violations(deepcopy(history))
    assert flaw in {one.flaw for one in found}
    assert {one.offer for one in found} == {"one"}


def test_every_flaw_is_planted() -> None:
    assert {flaw for flaw, _ in PLANTED} == set(Flaw)
