"""Whom and what a body of the control interface names; refuses what is not there (400)."""

import base64
import binascii

from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.files import Upload
from interfaces.sandbox.media import named_upload
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json, as_int, bad_request
from interfaces.sandbox.world import World


def bot_of(world: World, value: object) -> Bot:
    """A bot by id, token or username."""
    for bot in world.bots.values():
        if value in {bot.id, str(bot.id), bot.token, bot.user.username}:
            return bot
    raise bad_request(f"unknown bot: {value}")


def person_of(world: World, value: object) -> User:
    """An account by id."""
    user = world.users.get(as_int(value) or 0)
    if user is None:
        raise bad_request(f"unknown user: {value}")
    return user


def account_of(world: World, body: Json) -> User:
    """The person of `user`, or the bot of `user` or `bot`."""
    who = body.get("user", body.get("bot"))
    if body.get("user") is None or as_int(who) in world.bots:
        return bot_of(world, who).user
    return person_of(world, who)


def chat_of(world: World, body: Json) -> Chat:
    """The chat of `chat`, or the talk of `user` with `bot`."""
    if body.get("bot") is not None and body.get("chat") is None:
        return world.private(bot_of(world, body["bot"]), person_of(world, body.get("user")))
    chat = world.chats.get(as_int(body.get("chat")) or 0)
    if chat is None:
        raise bad_request(f"unknown chat: {body.get('chat')}")
    return chat


def number_of(body: Json, name: str) -> int:
    """A whole number that must be there."""
    number = as_int(body.get(name))
    if number is None:
        raise bad_request(f"{name} is missing")
    return number


def upload_of(media: Json) -> tuple[str, Upload]:
    """`{kind, b64, name, mime}` as an upload."""
    try:
        data = base64.b64decode(str(media.get("b64", "")), validate=True)
    except binascii.Error as error:
        raise bad_request("media.b64 is not base64") from error
    kind = str(media.get("kind", "document"))
    name = str(media.get("name") or "")
    return kind, named_upload(kind, name, data, str(media.get("mime") or ""))
