"""Where a manager stands: the thread of a ticket, and what can be said there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from infrastructure.rehearsal import PIXEL
from infrastructure.town import Company
from interfaces.sandbox import people
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.files import Upload
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.sandbox.world import World
from tests.whole.relay.elsewhere import Elsewhere


@dataclass
class Spot:
    """A manager in the thread of a ticket.

    `talk` is the client's chat, `question` their message in the thread, `card` the bot's, which
    names the manager.
    """

    world: World
    company: Company
    manager: User
    colleague: User
    elsewhere: Elsewhere
    talk: Chat
    question: Message
    card: Message

    @property
    def thread(self) -> int:
        """The first message of the thread."""
        return self.card.thread or 0

    def says(self, text: str = "", **more: Any) -> Message:
        """Write in the thread."""
        where = "thread" if self.company.group.is_forum else "reply_to"
        told: dict[str, Any] = {where: self.thread, **more}
        return people.say(self.world, self.manager, self.company.group, text, **told)

    def sends(self, text: str, kind: str, data: bytes = PIXEL, name: str = "", **more: Any) -> None:
        """Send a file with a caption."""
        self.says(text, media=(kind, Upload(name or f"{kind}.bin", "", data)), **more)

    def edits(self, message: Message, text: str, **more: Any) -> None:
        """Rewrite what was said."""
        people.edit(self.world, self.manager, self.company.group, message.id, text, **more)

    def forwards(self, source: Message) -> None:
        """Forward what somebody has said elsewhere."""
        group = self.company.group
        people.forward(self.world, self.manager, source, group, thread=self.thread)


@dataclass(frozen=True)
class Saying:
    """A way to say something under a mark; what has no words `comes_as` a kind.

    An album comes in several `pieces`.
    """

    name: str
    act: Callable[[Spot, str], object]
    comes_as: str = ""
    pieces: int = 1
