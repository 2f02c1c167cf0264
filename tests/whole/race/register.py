"""A checker of races: each order is a register that may be written once, by whoever is first.

It knows nothing of the product. It is given what people did and read on their phones, what the log
says, and what somebody saw who looked later, and it names whatever cannot be true of one register.
All times are seconds of one clock.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import NamedTuple, TypeAlias

WON, REPEATED, LOST = "won", "repeated", "lost"


class Flaw(StrEnum):
    """What must not be."""

    TWO_WINNERS = "one order was given away twice"
    NO_ATTEMPT = "an order was given to somebody whose attempt is not recorded as won"
    FALSE_WINNER = "somebody was told to have an order that the log gives to nobody or another"
    WRONG_WINNER = "a loser was told of another winner than the log's"
    TWO_TALES = "one person was told two things about one order"
    TOO_EARLY = "somebody had lost before the winner had pressed"
    DISORDER = "the log knows of a loss before it knows of a winner"
    UNRECORDED = "an answer was given that the log does not know"
    TWICE = "one press is recorded twice"
    INVENTED = "a press is recorded that nobody made"
    CONTRARY = "somebody was told otherwise than it is recorded"
    OUT_OF_TIME = "a press was recorded before it was made, or after its answer"
    BAD_READ = "somebody who looked saw another winner than there was"


class Told(NamedTuple):
    """What a press was answered: the order is yours, or another's (None: it is not said whose)."""

    yours: bool
    winner: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A person pressed; `told` None: nothing was answered, or nothing certain, by then.

    `command` is the name under which the log knows the press, however often it was delivered.
    """

    command: str
    person: int
    offer: str
    began: float
    ended: float = inf
    told: Told | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """The log says: somebody pressed, and it ended so; `winner` has the order after that."""

    position: int
    at: float
    command: str
    person: int
    offer: str
    outcome: str
    winner: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Win:
    """The log says: this person has the order."""

    position: int
    command: str
    person: int
    offer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Somebody looked whose an order is, having been told to wait for all that is known."""

    offer: str
    began: float
    ended: float
    winner: int | None


@dataclass
class History:
    """Everything about all orders."""

    presses: list[Press] = field(default_factory=list[Press])
    attempts: list[Attempt] = field(default_factory=list[Attempt])
    wins: list[Win] = field(default_factory=list[Win])
    reads: list[Read] = field(default_factory=list[Read])


class Violation(NamedTuple):
    """A flaw of one order, with what shows it."""

    flaw: Flaw
    offer: str
    shown_by: object


def violations(history: History) -> list[Violation]:
    """Everything in the history that cannot be true; nothing if all is well."""
    books: defaultdict[str, History] = defaultdict(History)
    for press in history.presses:
        books[press.offer].presses.append(press)
    for attempt in history.attempts:
        books[attempt.offer].attempts.append(attempt)
    for win in history.wins:
        books[win.offer].wins.append(win)
    for read in history.reads:
        books[read.offer].reads.append(read)
    return [
        Violation(flaw, offer, shown) for offer, one in books.items() for flaw, shown in _flaws(one)
    ]


Shown: TypeAlias = Iterator[tuple[Flaw, object]]


def _flaws(one: History) -> Shown:
    """Those of one order."""
    win = min(one.wins, key=lambda each: each.position, default=None)
    yield from _in_the_log(one, win)
    yield from _between_log_and_answers(one)
    yield from _in_answers(one.presses, win.person if win else None)
    yield from _in_time(one, win)


def _in_the_log(one: History, win: Win | None) -> Shown:
    if len(one.wins) > 1:
        yield Flaw.TWO_WINNERS, one.wins
    won = {(each.command, each.person) for each in one.attempts if each.outcome == WON}
    if won != {(each.command, each.person) for each in one.wins}:
        yield Flaw.NO_ATTEMPT, (one.wins, won)
    for each in one.attempts:
        if win is None or (each.position < win.position and each.outcome != WON):
            yield Flaw.DISORDER, each
        elif each.winner != win.person or (each.outcome == LOST) == (each.person == win.person):
            yield Flaw.WRONG_WINNER, each


def _between_log_and_answers(one: History) -> Shown:
    recorded = Counter(each.command for each in one.attempts)
    yield from ((Flaw.TWICE, command) for command, times in recorded.items() if times > 1)
    made = {press.command: press for press in one.presses}
    for press in one.presses:
        if press.told is not None and press.command not in recorded:
            yield Flaw.UNRECORDED, press
    for each in one.attempts:
        press = made.get(each.command)
        if press is None or press.person != each.person:
            yield Flaw.INVENTED, each
            continue
        if press.told is not None and press.told.yours is (each.outcome == LOST):
            yield Flaw.CONTRARY, (press, each)
        if each.at < press.began or (press.told is not None and each.at > press.ended):
            yield Flaw.OUT_OF_TIME, (press, each)


def _in_answers(presses: Iterable[Press], winner: int | None) -> Shown:
    tales: defaultdict[int, set[Told]] = defaultdict(set)
    for press in presses:
        told = press.told
        if told is None:
            continue
        tales[press.person].add(told)
        if told.yours and press.person != winner:
            yield Flaw.FALSE_WINNER, press
        if not told.yours and told.winner not in {None, winner}:
            yield Flaw.WRONG_WINNER, press
    for person, tale in tales.items():
        named = {told.winner for told in tale} - {None}
        if len({told.yours for told in tale}) > 1 or len(named) > 1:
            yield Flaw.TWO_TALES, (person, tale)


def _in_time(one: History, win: Win | None) -> Shown:
    """An answer rests on what may have happened by then; who looks later than it knows of it."""
    answered = [press for press in one.presses if press.told is not None]
    possible = min(
        (press.began for press in one.presses if win and press.command == win.command), default=inf
    )
    certain = min((press.ended for press in answered), default=inf)
    for press in answered:
        if press.ended < possible:
            yield Flaw.TOO_EARLY, press
    for read in one.reads:
        if read.winner is None and certain < read.began:
            yield Flaw.BAD_READ, read
        if read.winner is not None and (
            read.ended < possible or win is None or read.winner != win.person
        ):
            yield Flaw.BAD_READ, read
