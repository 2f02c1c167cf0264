"""A canned reply: an answer that is written once and used often; with acts it is a macro."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused

CODE: Final = re.compile(r"[\w-]{1,32}")
ACTS: Final = re.compile(r"close|tag:.{1,40}|priority:(urgent|high|normal|low)")


class BadCannedReply(Refused):
    """A canned reply has a code of up to 32 letters, digits, - or _, a text, and known acts."""


class CannedReply(Aggregate):
    """Known by its code; `{client}` and `{number}` in its text stand for the ticket's own.

    `acts` are what is done after the answer: `close`, `tag:<tag>`, `priority:<priority>`.
    """

    class Written(Aggregate.Created):
        """The staff has a new answer at hand."""

        code: str
        text: str
        acts: list[str]

    class Rewritten(Aggregate.Event):
        """The answer reads otherwise from now on."""

        text: str
        acts: list[str]

    class Removed(Aggregate.Event):
        """The answer is no longer at hand."""

    @event(Written)
    def __init__(  # noqa: PLR0913 - the fields of the event
        self,
        id: UUID,
        workspace_id: UUID,
        timestamp: datetime,
        code: str,
        text: str,
        acts: list[str],
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.code = code
        self.text = text
        self.acts = acts
        self.removed = False

    def rewrite(self, text: str, acts: list[str]) -> None:
        """Let the answer read so; one that was removed is at hand again."""
        if self.removed or (text, acts) != (self.text, self.acts):
            self._rewritten(text, acts)

    def remove(self) -> None:
        """Have the answer no longer at hand."""
        if not self.removed:
            self._removed()

    @event(Rewritten)
    def _rewritten(self, text: str, acts: list[str]) -> None:
        self.text, self.acts = text, acts
        self.removed = False

    @event(Removed)
    def _removed(self) -> None:
        self.removed = True


def must_be_usable(code: str, text: str, acts: Sequence[str]) -> None:
    """Refuse what could not be used later."""
    if not CODE.fullmatch(code) or not text.strip() or not all(map(ACTS.fullmatch, acts)):
        raise BadCannedReply
