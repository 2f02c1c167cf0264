"""The control interface: what people do, what goes wrong and what happened, as JSON.

Every operation takes one JSON object by POST under `/emu/` and answers with another.
"""

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from interfaces.sandbox import people
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.files import Upload
from interfaces.sandbox.media import named_upload
from interfaces.sandbox.members import MEMBER
from interfaces.sandbox.membership import block, leave, migrate, set_member
from interfaces.sandbox.troubles import TROUBLES
from interfaces.sandbox.users import User
from interfaces.sandbox.views import VIEWS
from interfaces.sandbox.wire import Json, as_int, as_object, as_objects, bad_request
from interfaces.sandbox.world import World

Operation: TypeAlias = Callable[[World, Json], Json]
AsyncOperation: TypeAlias = Callable[[World, Json], Awaitable[Json]]
LONGEST_WAIT: Final = 30.0
CONTENT: Final = ("contact", "location", "venue", "dice", "poll", "story", "checklist")


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


def user(world: World, body: Json) -> Json:
    made = world.user(
        str(body.get("first_name") or "Аноним"),
        user_id=as_int(body.get("id")),
        last_name=body.get("last_name"),
        username=body.get("username"),
        language_code=body.get("language_code", "ru"),
    )
    return {"user": made.as_json()}


def bot(world: World, body: Json) -> Json:
    try:
        made = world.bot(
            str(body.get("token")),
            str(body.get("username")),
            str(body.get("first_name") or ""),
            privacy=body.get("privacy") is not False,
            bot_to_bot=body.get("bot_to_bot") is True,
        )
    except ValueError as error:
        raise bad_request(str(error)) from error
    return {"bot": made.as_json(), "token": made.token}


def chat(world: World, body: Json) -> Json:
    linked = as_int(body.get("linked"))
    owner = body.get("owner")
    made = world.chat(
        str(body.get("title") or ""),
        kind=str(body.get("type") or "supergroup"),
        chat_id=as_int(body.get("id")),
        username=body.get("username"),
        owner=person_of(world, owner) if owner is not None else None,
        linked=world.chats.get(linked) if linked is not None else None,
        forum=body.get("forum") is True,
    )
    return {"chat": made.as_json()}


def member(world: World, body: Json) -> Json:
    place = chat_of(world, body)
    who = body.get("user", body.get("bot"))
    account = bot_of(world, who).user if who in world.bots else person_of(world, who)
    made = set_member(
        world,
        place,
        account,
        str(body.get("status") or MEMBER),
        rights=as_object(body.get("rights")),
        anonymous=body.get("anonymous") is True,
    )
    return {"member": made.as_json(channel=place.is_channel)}


def leave_chat(world: World, body: Json) -> Json:
    leave(world, chat_of(world, body), person_of(world, body.get("user")))
    return {}


def upgrade(world: World, body: Json) -> Json:
    return {"chat": migrate(world, chat_of(world, body)).as_json()}


def link(world: World, body: Json) -> Json:
    other = as_int(body.get("linked"))
    world.link(chat_of(world, body), world.chats.get(other) if other is not None else None)
    return {}


def say(world: World, body: Json) -> Json:
    """One message, or an album when `album` lists several media."""
    person, place = person_of(world, body.get("user")), chat_of(world, body)
    pieces = as_objects(body.get("album")) or [as_object(body.get("media"))]
    group = body.get("media_group_id")
    if group is None and len(pieces) > 1:
        group = str(world.random.getrandbits(60))
    said = [
        people.say(
            world,
            person,
            place,
            str((body.get("caption") or body.get("text") or "") if first else ""),
            media=upload_of(piece) if piece else None,
            content={name: body[name] for name in CONTENT if name in body},
            reply_to=as_int(body.get("reply_to")),
            comment_to=as_int(body.get("comment_to")),
            thread=as_int(body.get("thread")),
            album=group,
            attributes=piece,
        )
        for first, piece in ((piece is pieces[0], piece) for piece in pieces)
    ]
    return {"message": said[0].as_page_json(), "messages": [each.id for each in said]}


def start(world: World, body: Json) -> Json:
    person = person_of(world, body.get("user"))
    payload = str(body.get("payload") or "")
    place = world.private(bot_of(world, body.get("bot")), person)
    block(world, person, place, blocked=False)
    return {"message": people.say(world, person, place, f"/start {payload}".strip()).as_page_json()}


def edit(world: World, body: Json) -> Json:
    place, person = chat_of(world, body), person_of(world, body.get("user"))
    number, text = number_of(body, "message_id"), str(body.get("text") or "")
    return {"message": people.edit(world, person, place, number, text).as_page_json()}


def delete(world: World, body: Json) -> Json:
    people.delete(world, chat_of(world, body), number_of(body, "message_id"))
    return {}


def react(world: World, body: Json) -> Json:
    person, number = person_of(world, body.get("user")), number_of(body, "message_id")
    people.react(world, person, chat_of(world, body), number, body.get("emoji"))
    return {}


def block_bot(world: World, body: Json) -> Json:
    blocked = body.get("blocked") is not False
    block(world, person_of(world, body.get("user")), chat_of(world, body), blocked=blocked)
    return {"blocked": blocked}


async def click(world: World, body: Json) -> Json:
    """Press a button; with `wait` (seconds) the answer comes along."""
    callback = people.click(
        world,
        person_of(world, body.get("user")),
        chat_of(world, body),
        number_of(body, "message_id"),
        data=body.get("data"),
        button=body.get("button"),
    )
    wait = body.get("wait")
    seconds = min(float(wait), LONGEST_WAIT) if isinstance(wait, int | float) else 0.0
    answer = await callback.wait_for_answer(seconds) if seconds > 0 else None
    return {"callback": callback.id, "answer": answer}


OPERATIONS: Final[dict[str, Operation]] = {
    "user": user,
    "bot": bot,
    "chat": chat,
    "member": member,
    "leave": leave_chat,
    "link": link,
    "migrate": upgrade,
    "say": say,
    "start": start,
    "edit": edit,
    "delete": delete,
    "react": react,
    "block": block_bot,
    **TROUBLES,
}
WAITING: Final[dict[str, AsyncOperation]] = {"click": click}


async def operate(world: World, name: str, body: Json) -> Json | None:
    """Carry out an operation by name; nothing when there is none of this name."""
    if (operation := OPERATIONS.get(name)) is not None:
        return operation(world, body)
    if (view := VIEWS.get(name)) is not None:
        return view(world, body, chat_of)
    if (waiting := WAITING.get(name)) is not None:
        return await waiting(world, body)
    return None
