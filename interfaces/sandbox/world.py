"""The world: people, bots, chats, files and everything that may go wrong, in memory.

A world lives in one event loop. Its randomness comes from a seed, its time from a clock.
"""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from interfaces.sandbox.bots import Bot, made_bot, made_token
from interfaces.sandbox.callbacks import Callbacks
from interfaces.sandbox.chats import PRIVATE, SUPERGROUP, Chat
from interfaces.sandbox.counting import Sequence
from interfaces.sandbox.faults import Faults
from interfaces.sandbox.feed import Feed
from interfaces.sandbox.files import Files
from interfaces.sandbox.floods import Floods
from interfaces.sandbox.journal import Journal
from interfaces.sandbox.members import CREATOR, MEMBER, Member
from interfaces.sandbox.messages import Message
from interfaces.sandbox.specification import specification
from interfaces.sandbox.users import TELEGRAM, TELEGRAM_ID, User

if TYPE_CHECKING:
    from interfaces.sandbox.webhooks import Webhook

FIRST_USER: Final = 200_000_000
FIRST_BOT: Final = 700_000_000
FIRST_CHAT: Final = 1_002_000_000_000


@dataclass(slots=True)
class Forwarding:
    """How the automatic copy of a channel post comes into the linked group."""

    delay: tuple[float, float] = (0.05, 0.15)
    """Seconds, from and to, after the post."""
    early: float = 0.0
    """How often (0 to 1) the copy overtakes the answer to sendMessage."""
    head_start: float = 0.03
    """Seconds by which that answer is late then."""


class World:
    """Everything the emulator knows. See `people` for what is done in it."""

    def __init__(
        self,
        seed: int = 1,
        *,
        clock: Callable[[], float] = time.time,
        pace: float = 1.0,
        floods: bool = False,
        forwarding: Forwarding | None = None,
        latency: float = 0.0,
    ) -> None:
        specification()
        self.random = random.Random(seed)  # noqa: S311  repeatable on purpose
        self._clock = clock
        self._jumped = 0.0
        self.pace = pace
        self.latency = latency
        self.forwarding = forwarding or Forwarding()
        self.users: dict[int, User] = {TELEGRAM_ID: TELEGRAM}
        self.bots: dict[int, Bot] = {}
        self.tokens: dict[str, Bot] = {}
        self.chats: dict[int, Chat] = {}
        self.privates: dict[tuple[int, int], Chat] = {}
        self.usernames: dict[str, Chat] = {}
        self.files = Files()
        self.callbacks = Callbacks()
        self.faults = Faults()
        self.floods = Floods(self.now, pace, floods)
        self.journal = Journal()
        self.feed = Feed()
        self._people = Sequence(FIRST_USER)
        self._robots = Sequence(FIRST_BOT)
        self._places = Sequence(FIRST_CHAT)
        self._timers: set[asyncio.TimerHandle] = set()
        self._halted: list[Webhook] = []
        self.is_closed = False

    def now(self) -> float:
        """Seconds since the epoch, with all jumps."""
        return self._clock() + self._jumped

    def stamp(self) -> int:
        """The time as messages carry it."""
        return int(self.now())

    def jump(self, seconds: float) -> None:
        """Let time pass at once."""
        self._jumped += seconds

    def hurry(self, pace: float) -> None:
        """Let limits and waits pass so many times faster from now on."""
        self.pace = pace
        self.floods.hurry(pace)
        self.feed.tell("troubles", dict)

    def later(self, delay: float, act: Callable[[], None]) -> None:
        """Do something after a delay, which the pace shortens; at once when it is 0."""
        if delay <= 0:
            act()
            return
        loop = asyncio.get_running_loop()
        handle = loop.call_later(delay / self.pace, lambda: (self._timers.discard(handle), act()))
        self._timers.add(handle)

    def user(
        self,
        first_name: str,
        *,
        user_id: int | None = None,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "ru",
    ) -> User:
        """A person, new or known by id."""
        number = user_id or self._people.following()
        user = User(number, first_name, last_name, username, language_code)
        self.users[number] = user
        self.feed.tell("world", dict)
        return user

    def bot(
        self,
        token: str,
        username: str,
        first_name: str = "",
        *,
        privacy: bool = True,
        bot_to_bot: bool = False,
    ) -> Bot:
        """A bot, new or known by its token."""
        known = self.tokens.get(token)
        if known is not None:
            return known
        bot = made_bot(token, username, first_name, self.now)
        bot.privacy, bot.bot_to_bot = privacy, bot_to_bot
        self.users[bot.id] = bot.user
        self.bots[bot.id] = bot
        self.tokens[token] = bot
        self.feed.tell("world", dict)
        return bot

    def new_bot(self, first_name: str, username: str) -> Bot:
        """A bot as BotFather makes it, with a token of its own."""
        number = self._robots.following()
        return self.bot(made_token(self.random, number), username, first_name)

    def revoke(self, bot: Bot) -> None:
        """The token is no longer valid; calls get 401, and nothing is delivered any more."""
        self.tokens.pop(bot.token, None)
        bot.updates.expel()
        if bot.webhook is not None:
            bot.webhook.halt()
            self._halted.append(bot.webhook)
            bot.webhook = None
        self.feed.tell("world", dict)

    def reissue(self, bot: Bot) -> str:
        """Another token for a bot, as BotFather gives it; the old one is revoked."""
        self.revoke(bot)
        bot.token = made_token(self.random, bot.id)
        self.tokens[bot.token] = bot
        return bot.token

    def chat(
        self,
        title: str,
        *,
        kind: str = SUPERGROUP,
        chat_id: int | None = None,
        username: str | None = None,
        owner: User | None = None,
        linked: Chat | None = None,
        forum: bool = False,
    ) -> Chat:
        """A group, supergroup or channel; `linked` is the channel of a group, or the reverse."""
        number = chat_id or -self._places.following()
        chat = self.chats.get(number) or Chat(number, kind, title)
        chat.title, chat.username, chat.is_forum = title, username, forum
        self.chats[number] = chat
        if username:
            self.usernames[username.lower()] = chat
        if owner is not None:
            chat.members[owner.id] = Member(owner, CREATOR)
        if linked is not None:
            self.link(chat, linked)
        self.feed.tell("world", dict)
        return chat

    def link(self, one: Chat, other: Chat | None) -> None:
        """Link a channel and its discussion group, or undo it."""
        if one.linked is not None:
            one.linked.linked = None
        one.linked = other
        if other is not None:
            other.linked = one

    def private(self, bot: Bot, person: User) -> Chat:
        """The talk of a person with a bot, begun now if it was not."""
        chat = self.privates.get((bot.id, person.id))
        if chat is None:
            chat = Chat(person.id, PRIVATE, numbers=bot.numbers, person=person, bot=bot)
            chat.members = {
                person.id: Member(person, MEMBER),
                bot.id: Member(bot.user, MEMBER),
            }
            self.privates[bot.id, person.id] = chat
        return chat

    def bots_in(self, chat: Chat) -> list[Bot]:
        """The bots that belong to a chat now."""
        if chat.bot is not None:
            return [chat.bot]
        found = (self.bots.get(member.user.id) for member in chat.members.values())
        return [bot for bot in found if bot is not None and chat.present(bot.id)]

    def owner_of(self, chat: Chat) -> User | None:
        """Who owns a chat, if anybody does."""
        return next((each.user for each in chat.members.values() if each.status == CREATOR), None)

    def message(self, chat: Chat, message_id: int) -> Message | None:
        """A message that is still there."""
        found = chat.messages.get(message_id)
        return None if found is None or found.deleted else found

    async def close(self) -> None:
        """End long polls, the feed, timers and webhooks, so that a server can stop."""
        self.is_closed = True
        for handle in self._timers:
            handle.cancel()
        self.feed.close()
        for bot in self.bots.values():
            bot.updates.wake()
            if bot.webhook is not None:
                self._halted.append(bot.webhook)
                bot.webhook = None
        for webhook in self._halted:
            await webhook.stop()
