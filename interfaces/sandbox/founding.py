"""How a world is furnished over the control interface: people, bots, chats, members, links."""

import re
from collections.abc import Callable
from typing import Final

from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import GROUP
from interfaces.sandbox.lookups import account_of, bot_of, chat_of, person_of
from interfaces.sandbox.members import MEMBER
from interfaces.sandbox.membership import leave, migrate, set_member
from interfaces.sandbox.posting import publish, spoken
from interfaces.sandbox.wire import Json, as_int, as_object, bad_request
from interfaces.sandbox.world import World

USERNAME: Final = re.compile(r"[a-z]\w{1,28}bot", re.ASCII | re.IGNORECASE)


def user(world: World, body: Json) -> Json:
    made = world.user(
        str(body.get("first_name") or "Аноним"),
        user_id=as_int(body.get("id")),
        last_name=body.get("last_name"),
        username=body.get("username"),
        language_code=body.get("language_code", "ru"),
    )
    made.hidden_forwards = body.get("hidden_forwards") is True
    return {"user": made.as_json()}


def deactivate(world: World, body: Json) -> Json:
    """A person deletes their account."""
    person_of(world, body.get("user")).deactivated = body.get("deactivated") is not False
    return {}


def bot(world: World, body: Json) -> Json:
    """A bot of a given token, or a new one with the token that BotFather gives it."""
    name, username = str(body.get("first_name") or ""), str(body.get("username"))
    if body.get("token") is None:
        made = new_bot(world, name, username)
    else:
        try:
            made = world.bot(str(body["token"]), username, name)
        except ValueError as error:
            raise bad_request(str(error)) from error
    made.privacy = body.get("privacy") is not False
    made.bot_to_bot = body.get("bot_to_bot") is True
    return {"bot": made.as_json(), "token": made.token}


def new_bot(world: World, name: str, username: str) -> Bot:
    """BotFather's rules: a name, and a username of its own that ends in `bot`."""
    taken = {(each.user.username or "").lower() for each in world.bots.values()}
    if not name or not USERNAME.fullmatch(username):
        raise bad_request("a bot needs a name, and a username that ends in `bot`")
    if username.lower() in taken:
        raise bad_request("this username is already taken")
    return world.new_bot(name, username)


def revoke(world: World, body: Json) -> Json:
    """BotFather revokes a token and gives another."""
    return {"token": world.reissue(bot_of(world, body.get("bot")))}


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


def settings(world: World, body: Json) -> Json:
    """What administrators set in a chat: title, protected, forum, signatures, slow_mode."""
    place = chat_of(world, body)
    if place.linked is not None and body.get("forum") is True:
        raise bad_request("a discussion group cannot be a forum")
    place.protected = body.get("protected", place.protected) is True
    place.is_forum = body.get("forum", place.is_forum) is True
    place.signatures = body.get("signatures", place.signatures) is True
    place.slow_mode = as_int(body.get("slow_mode", place.slow_mode)) or 0
    title = str(body.get("title") or place.title)
    if title != place.title:
        place.title = title
        actor = person_of(world, body.get("user")) if body.get("user") else world.owner_of(place)
        if actor is not None:
            publish(world, spoken(world, place, actor, {"new_chat_title": title}))
    world.feed.tell("world", dict)
    return {"chat": place.as_full_json()}


def member(world: World, body: Json) -> Json:
    """A place in a chat for a person or a bot; `by` says who gives it."""
    place = chat_of(world, {"chat": body.get("chat")})
    made = set_member(
        world,
        place,
        account_of(world, body),
        str(body.get("status") or MEMBER),
        rights=as_object(body.get("rights")),
        anonymous=body.get("anonymous") is True,
        custom_title=body.get("custom_title"),
        by=person_of(world, body["by"]) if body.get("by") is not None else None,
    )
    return {"member": made.as_json(channel=place.is_channel)}


def leave_chat(world: World, body: Json) -> Json:
    leave(world, chat_of(world, body), person_of(world, body.get("user")))
    return {}


def upgrade(world: World, body: Json) -> Json:
    return {"chat": migrate(world, chat_of(world, body)).as_json()}


def link(world: World, body: Json) -> Json:
    """Link a channel with its discussion group, or unlink it; a basic group is upgraded first."""
    number, place = as_int(body.get("linked")), chat_of(world, body)
    if number is None:
        world.link(place, None)
        return {}
    other = chat_of(world, {"chat": number})
    channel, group = (place, other) if place.is_channel else (other, place)
    if not channel.is_channel or not group.is_group or group.is_forum:
        raise bad_request("a channel is linked with a group that is no forum")
    world.link(channel, migrate(world, group) if group.kind == GROUP else group)
    return {"linked": channel.linked.id if channel.linked is not None else None}


FOUNDING: Final[dict[str, Callable[[World, Json], Json]]] = {
    "user": user,
    "deactivate": deactivate,
    "bot": bot,
    "revoke": revoke,
    "chat": chat,
    "settings": settings,
    "member": member,
    "leave": leave_chat,
    "link": link,
    "migrate": upgrade,
}
