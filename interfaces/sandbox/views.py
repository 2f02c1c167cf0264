"""What can be looked at from outside: the world, histories, calls and figures."""

from collections.abc import Callable
from itertools import islice
from typing import Final

from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.lookups import bot_of, chat_of, number_of, person_of
from interfaces.sandbox.messages import Message
from interfaces.sandbox.sharing import fitting, request_of
from interfaces.sandbox.users import TELEGRAM_ID
from interfaces.sandbox.wire import Json, as_int
from interfaces.sandbox.world import World

PAGE: Final = 200


def world_view(world: World, _: Json) -> Json:
    """Everybody and every place."""
    return {
        "simulation": True,
        "now": world.now(),
        "users": [
            each.as_json()
            for each in world.users.values()
            if not each.is_bot and each.id != TELEGRAM_ID
        ],
        "pace": world.pace,
        "bots": [_bot(each) for each in world.bots.values()],
        "chats": [_chat(each) for each in world.chats.values()],
        "privates": [
            {"key": each.key, "bot": bot, "user": person, "blocked": each.blocked}
            for (bot, person), each in world.privates.items()
        ],
        "floods": world.floods.on,
        "faults": [each.as_json() for each in world.faults.planned],
    }


def _bot(bot: Bot) -> Json:
    return {
        **bot.as_json(),
        "token": bot.token,
        "webhook": bot.webhook is not None,
        "pending": len(bot.updates.pending),
    }


def _chat(chat: Chat) -> Json:
    return {
        **chat.as_json(),
        "key": chat.key,
        "linked": chat.linked.id if chat.linked is not None else None,
        "pinned": chat.pinned,
        "protected": chat.protected,
        "topics": [
            {"id": each.id, "name": each.name, "color": each.icon_color, "closed": each.closed}
            for each in chat.topics.values()
            if not each.deleted
        ],
        "members": [
            {"user": each.user.id, "status": each.status, "anonymous": each.anonymous}
            for each in chat.members.values()
        ],
    }


def menu(world: World, body: Json) -> Json:
    """What a bot shows to a `user` in their talk: commands, menu button, description."""
    bot, person = bot_of(world, body.get("bot")), person_of(world, body.get("user"))
    profile, language = bot.profile, person.language_code or ""
    return {
        "commands": profile.commands_for(person.id, language),
        "menu_button": profile.menu_button(person.id),
        "name": profile.told(profile.names, language) or bot.user.first_name,
        "description": profile.told(profile.descriptions, language),
        "short_description": profile.told(profile.short_descriptions, language),
    }


def sharable(world: World, body: Json) -> Json:
    """The chats that fit the button of `request_id` in the talk of `user` with `bot`."""
    bot, person = bot_of(world, body.get("bot")), person_of(world, body.get("user"))
    wanted = request_of(world.private(bot, person), number_of(body, "request_id"))
    return {"chats": [each.as_json() for each in fitting(world, person, bot, wanted)]}


def history(world: World, body: Json) -> Json:
    """The newest messages of a chat, oldest first; `limit`, `before`, `thread` narrow them."""
    chat = chat_of(world, body)
    before, thread = as_int(body.get("before")), as_int(body.get("thread"))
    limit = as_int(body.get("limit")) or PAGE

    def wanted(message: Message) -> bool:
        return (
            not message.deleted
            and (before is None or message.id < before)
            and (thread is None or thread in {message.thread, message.id})
        )

    newest = islice(filter(wanted, reversed(chat.messages.values())), limit)
    return {"chat_key": chat.key, "messages": [each.as_page_json() for each in newest][::-1]}


def calls(world: World, body: Json) -> Json:
    """The last calls, newest last; `method`, `bot` and `after` (an id) narrow them."""
    method, bot = str(body.get("method") or "").lower(), as_int(body.get("bot"))
    after, limit = as_int(body.get("after")) or 0, as_int(body.get("limit")) or PAGE
    found = (
        each
        for each in reversed(world.journal.entries)
        if each.id > after
        and (not method or each.method.lower() == method)
        and bot in {None, each.bot_id}
    )
    return {"calls": [each.as_json() for each in islice(found, limit)][::-1]}


def violations(world: World, body: Json) -> Json:
    """Requests with unknown or invalid fields."""
    limit = as_int(body.get("limit")) or PAGE
    return {"violations": [each.as_json() for each in list(world.journal.violations)[-limit:]]}


def stats(world: World, _: Json) -> Json:
    """Counts of everything."""
    places = [*world.chats.values(), *world.privates.values()]
    return {
        "calls": world.journal.by_method(),
        "violations": len(world.journal.violations),
        "pending": {str(bot.id): len(bot.updates.pending) for bot in world.bots.values()},
        "messages": sum(len(each.messages) for each in places),
        "callbacks": {"all": len(world.callbacks), "unanswered": world.callbacks.unanswered()},
        "floods": dict(world.floods.exceeded),
        "flooding": {
            "exceeded": world.floods.exceeded.total(),
            "violations": world.floods.violations.total(),
            "bans": world.floods.bans.total(),
        },
        "faults": world.faults.happened,
    }


VIEWS: Final[dict[str, Callable[[World, Json], Json]]] = {
    "world": world_view,
    "menu": menu,
    "sharable": sharable,
    "history": history,
    "calls": calls,
    "violations": violations,
    "stats": stats,
}
