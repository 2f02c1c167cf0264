"""What people do over the control interface: write, forward, change, press, react, share."""

from collections.abc import Awaitable, Callable
from typing import Final

from interfaces.sandbox import forums, people
from interfaces.sandbox.lookups import bot_of, chat_of, number_of, person_of, upload_of
from interfaces.sandbox.membership import block
from interfaces.sandbox.sharing import share_chat
from interfaces.sandbox.wire import Json, as_int, as_list, as_object, as_objects, bad_request
from interfaces.sandbox.world import World

LONGEST_WAIT: Final = 30.0
CONTENT: Final = ("contact", "location", "venue", "dice", "poll", "story", "checklist")


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
            entities=as_objects(body.get("entities")) if first else None,
            reply_to=as_int(body.get("reply_to")),
            quote=str(body.get("quote") or "") if first else "",
            comment_to=as_int(body.get("comment_to")),
            thread=as_int(body.get("thread")),
            album=group,
            attributes=piece,
            via=bot_of(world, body["via"]) if body.get("via") is not None else None,
            as_channel=body.get("as_channel") is True,
            view_once=body.get("view_once") is True,
        )
        for first, piece in ((piece is pieces[0], piece) for piece in pieces)
    ]
    return {"message": said[0].as_page_json(), "messages": [each.id for each in said]}


def forward(world: World, body: Json) -> Json:
    """`message_ids` of the place `from` (a chat, or a talk with a bot) into another place."""
    person, place = person_of(world, body.get("user")), chat_of(world, body)
    source = chat_of(world, {"user": person.id, **(as_object(body.get("from")) or {})})
    found = [world.message(source, as_int(each) or 0) for each in as_list(body.get("message_ids"))]
    albums: dict[str, str] = {}
    made: list[int] = []
    for each in found:
        if each is None:
            raise bad_request("message to forward not found")
        album = None
        if each.album is not None:
            album = albums.setdefault(each.album, str(world.random.getrandbits(60)))
        thread = as_int(body.get("thread"))
        made.append(people.forward(world, person, each, place, thread=thread, album=album).id)
    return {"messages": made}


def start(world: World, body: Json) -> Json:
    person = person_of(world, body.get("user"))
    payload = str(body.get("payload") or "")
    place = world.private(bot_of(world, body.get("bot")), person)
    block(world, person, place, blocked=False)
    return {"message": people.say(world, person, place, f"/start {payload}".strip()).as_page_json()}


def edit(world: World, body: Json) -> Json:
    """Other words; or another file (`media`); or, of a live location, another `place`."""
    media = as_object(body.get("media"))
    changed = people.edit(
        world,
        person_of(world, body.get("user")),
        chat_of(world, body),
        number_of(body, "message_id"),
        None if body.get("text") is None and media else str(body.get("text") or ""),
        media=upload_of(media) if media else None,
        place=as_object(body.get("place")),
        entities=as_objects(body.get("entities")),
    )
    return {"message": changed.as_page_json()}


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


def share(world: World, body: Json) -> Json:
    """Answer the button of `request_id` by choosing a chat for the bot."""
    person = person_of(world, body.get("user"))
    talk = world.private(bot_of(world, body.get("bot")), person)
    chosen = chat_of(world, {"chat": body.get("chat")})
    shared = share_chat(world, person, talk, number_of(body, "request_id"), chosen)
    return {"message": shared.as_page_json()}


def topic(world: World, body: Json) -> Json:
    """Begin a topic by its `name`, or `edit`, `close`, `reopen`, `delete` the topic `thread`."""
    person, place = person_of(world, body.get("user")), chat_of(world, body)
    name, act = str(body.get("name") or ""), str(body.get("action") or "begin")
    if act == "begin":
        return {"thread": forums.begin(world, place, person, name).id}
    found = forums.topic_of(place, as_int(body.get("thread")))
    if act == "delete":
        forums.delete(world, place, found)
    elif act == "edit":
        forums.edit(world, place, person, found, name)
    elif act in {"close", "reopen"}:
        forums.shut(world, place, person, found, closed=act == "close")
    else:
        raise bad_request(f"nothing is called {act}")
    return {"thread": found.id}


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


ACTING: Final[dict[str, Callable[[World, Json], Json]]] = {
    "say": say,
    "forward": forward,
    "start": start,
    "edit": edit,
    "delete": delete,
    "react": react,
    "block": block_bot,
    "share": share,
    "topic": topic,
}
WAITING: Final[dict[str, Callable[[World, Json], Awaitable[Json]]]] = {"click": click}
