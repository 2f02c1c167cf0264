"""A ticket as it stands before the staff."""

from dataclasses import dataclass

from interfaces.sandbox.chats import Chat
from interfaces.sandbox.messages import Message


@dataclass(repr=False)
class Ticket:
    """`root` is the first message of the discussion in the group, or its topic's."""

    id: str
    number: int
    group: Chat
    root: int
    card: Message
    post: Message | None = None

    def shown(self, text: str = "") -> list[Message]:
        """What stands in the discussion with these words in it, its beginning apart."""
        return [
            one
            for one in self.group.messages.values()
            if one.thread == self.root and one.id != self.root and text in one.text
            if not one.deleted and not one.is_service
        ]

    @property
    def where(self) -> dict[str, int]:
        """How somebody writes into the discussion."""
        return {"thread": self.root} if self.group.is_forum else {"reply_to": self.root}
