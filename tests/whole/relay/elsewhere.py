"""What is said where the company is not: managers forward it, and it names other people."""

from dataclasses import dataclass

from infrastructure.rehearsal import PIXEL
from interfaces.sandbox import people
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import CHANNEL, Chat
from interfaces.sandbox.files import Upload
from interfaces.sandbox.members import MEMBER
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.sandbox.world import World
from tests.whole.relay.canaries import LATIN, canary

PHOTO = ("photo", Upload("photo.png", "image/png", PIXEL))


@dataclass
class Elsewhere:
    """A group and a channel with canaries in every name, and a bot that is used inline."""

    world: World
    manager: User
    known: User
    shy: User
    group: Chat
    channel: Chat
    bot: Bot

    def words_of_somebody(self, mark: str) -> Message:
        """A text of a person who is named by the forward."""
        return people.say(self.world, self.known, self.group, f"Инструкция {mark}")

    def photo_of_somebody(self, mark: str) -> Message:
        """A photo of the same person."""
        return people.say(self.world, self.known, self.group, f"Чертёж {mark}", media=PHOTO)

    def photo_of_somebody_shy(self, mark: str) -> Message:
        """A photo of a person whom forwards name without a link."""
        return people.say(self.world, self.shy, self.group, f"Схема {mark}", media=PHOTO)

    def post(self, mark: str) -> Message:
        """A signed post of a channel."""
        return people.say(self.world, self.known, self.channel, f"Объявление {mark}", media=PHOTO)

    def photo_of_a_bot(self, mark: str) -> Message:
        """A photo that was found by the inline bot."""
        return people.say(
            self.world, self.manager, self.group, f"Картинка {mark}", media=PHOTO, via=self.bot
        )


def elsewhere(world: World, manager: User) -> Elsewhere:
    """Places that a manager knows."""
    known, shy, number = canary(world), canary(world), len(world.bots)
    shy.hidden_forwards = True
    channel = world.chat(f"{LATIN} channel", kind=CHANNEL, owner=known)
    channel.signatures = True
    group = world.chat(f"{LATIN} group", owner=manager)
    for one in (shy, known):
        set_member(world, group, one, MEMBER)
    bot = world.bot(f"{90000 + number}:inline", f"{LATIN}{number}_bot", f"{LATIN} inline")
    return Elsewhere(world, manager, known, shy, group, channel, bot)
