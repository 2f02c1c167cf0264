"""One call of a bot: its fields, and the chats it names, resolved by Telegram's rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.files import Upload
from interfaces.sandbox.members import LEFT, RESTRICTED
from interfaces.sandbox.messages import Message
from interfaces.sandbox.wire import (
    ApiError,
    Json,
    as_int,
    as_list,
    as_object,
    as_objects,
    bad_request,
    forbidden,
    too_many_requests,
)
from interfaces.sandbox.world import World


@dataclass(slots=True)
class Call:
    """A request of a bot, decoded."""

    world: World
    bot: Bot
    fields: Json
    uploads: Mapping[str, Upload] = field(default_factory=dict[str, Upload])
    answer_late: float = 0.0

    def text(self, name: str) -> str:
        """A string field, empty when it is missing."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else "" if value is None else str(value)

    def number(self, name: str) -> int | None:
        """A whole number, or nothing."""
        return as_int(self.fields.get(name))

    def flag(self, name: str) -> bool:
        """A boolean, false when it is missing."""
        return self.fields.get(name) in {True, "true", "True"}

    def object(self, name: str) -> Json | None:
        """A JSON object, or nothing."""
        return as_object(self.fields.get(name))

    def objects(self, name: str) -> list[Json]:
        """A list of JSON objects."""
        return as_objects(self.fields.get(name))

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers."""
        found = [as_int(each) for each in as_list(self.fields.get(name))]
        return [each for each in found if each is not None]

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat of a field; refuses unknown, blocked, left and migrated ones."""
        asked = self.fields.get(name)
        if asked is None or asked == "":
            raise bad_request("chat_id is empty")
        number = as_int(asked)
        if number is None:
            chat = self.world.usernames.get(str(asked).removeprefix("@").lower())
        elif number > 0:
            return self._private(number)
        else:
            chat = self.world.chats.get(number)
        if chat is None:
            raise bad_request("chat not found")
        return self._shared(chat)

    def _private(self, person_id: int) -> Chat:
        chat = self.world.privates.get((self.bot.id, person_id))
        if person_id in self.world.bots:
            raise forbidden("bots can't send messages to bots")
        if chat is None or chat.person is None:
            raise bad_request("chat not found")
        if chat.person.deactivated:
            raise forbidden("user is deactivated")
        return chat

    def _shared(self, chat: Chat) -> Chat:
        if chat.migrated_to is not None:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": chat.migrated_to},
            )
        member = chat.member(self.bot.id)
        if member is None and not chat.username:
            raise bad_request("chat not found")
        if member is not None and not member.is_present:
            how = "is not a member of" if member.status == LEFT else "was kicked from"
            raise forbidden(f"bot {how} the {chat.words}")
        return chat

    def destination(self, name: str = "chat_id") -> Chat:
        """A chat that the bot may write to."""
        chat = self.chat(name)
        if chat.is_private:
            if chat.blocked:
                raise forbidden("bot was blocked by the user")
            return chat
        member = chat.present(self.bot.id)
        if member is None:
            raise forbidden(f"bot is not a member of the {chat.words}")
        if chat.is_channel and not member.may("can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
        if member.status == RESTRICTED and not member.rights.get("can_send_messages", False):
            raise bad_request("not enough rights to send text messages to the chat")
        return chat

    def spend(self, chat: Chat, cost: int = 1) -> None:
        """Pay the flood limits, or be refused with 429."""
        wait = self.world.floods.wait_for(self.bot.id, chat, cost)
        if wait:
            raise too_many_requests(wait)

    def message(self, chat: Chat, refusal: str, name: str = "message_id") -> Message:
        """The message a field names, or the refusal."""
        number = self.number(name)
        found = None if number is None else self.world.message(chat, number)
        if found is None or found.view_once:
            raise bad_request(refusal)
        return found

    def right(self, chat: Chat, name: str) -> bool:
        """Whether the bot has an administrator's right in a group or channel."""
        member = chat.present(self.bot.id)
        return member is not None and member.may(name)


Handler: TypeAlias = Callable[[Call], object]
Handlers: TypeAlias = dict[str, Handler]
