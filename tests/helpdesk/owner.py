"""Somebody who sets up a desk with nothing but the settings bot."""

from dataclasses import dataclass, field

from infrastructure.stage import Stage
from interfaces.sandbox import people
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import CHANNEL, Chat
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.messages import Message
from interfaces.sandbox.sharing import share_chat
from interfaces.sandbox.users import User
from tests.helpdesk.talks import Talk


@dataclass(repr=False)
class Owner:
    """The owner's phone; bots and chats are made as the story goes on."""

    stage: Stage
    user: User
    desk: Talk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = self.talk(self.stage.settings_bot)

    def talk(self, bot: Bot, user: User | None = None) -> Talk:
        """The private chat with a bot, of the owner or of somebody else."""
        world, person = self.stage.world, user or self.user
        return Talk(world, person, world.private(bot, person))

    def opens(self, bot: Bot, payload: str = "", user: User | None = None) -> Message:
        """Start a bot, perhaps by a link."""
        return people.start(self.stage.world, user or self.user, bot, payload)

    def makes_bot(self, name: str) -> Bot:
        """What BotFather does."""
        number = len(self.stage.world.bots)
        return self.stage.world.new_bot(name, f"romashka{number}_bot")

    def makes_channel(self, title: str, *bots: Bot) -> tuple[Chat, Chat]:
        """A channel with its discussion group, where these bots are admins."""
        world = self.stage.world
        channel = world.chat(title, kind=CHANNEL, owner=self.user)
        group = world.chat(f"{title}: обсуждение", owner=self.user, linked=channel)
        for bot in bots:
            set_member(world, group, bot.user, "administrator")
        return channel, group

    async def picks(self, bot: Bot, chat: Chat, number: int = 1) -> None:
        """Pick a chat with Telegram's own picker in the manager bot."""
        office = self.talk(bot)
        self.opens(bot, "channel")
        await office.until(
            lambda: next((m for m in office.chat.messages.values() if m.reply_markup), None),
            "the chat picker",
        )
        share_chat(self.stage.world, self.user, office.chat, number, chat)
