"""How a bot answers without a message: reactions, and the words after a press."""

import re
from typing import Final

from interfaces.sandbox.call import Call, Handlers
from interfaces.sandbox.callbacks import ANSWER_LIMIT
from interfaces.sandbox.reactions import tell_reactions
from interfaces.sandbox.wire import Json, bad_request, forbidden

EMOJI: Final = """
👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔
🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊
🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
REACTIONS: Final = frozenset(EMOJI.split())
START_LINK: Final = re.compile(r"(?:https?://)?(?:t\.me|telegram\.me)/(\w+)\?start=[\w-]{0,64}")


def set_message_reaction(call: Call) -> object:
    chat = call.destination() if call.chat().is_private else call.chat()
    if chat.present(call.bot.id) is None:
        raise forbidden(f"bot is not a member of the {chat.words}")
    message = call.message(chat, "message to react not found")
    wanted = call.objects("reaction")
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if message.is_service or any(not _is_allowed(each, message.reactions) for each in wanted):
        raise bad_request("REACTION_INVALID")
    if wanted:
        message.reactions[call.bot.id] = wanted
    else:
        message.reactions.pop(call.bot.id, None)
    tell_reactions(call.world, message)
    return True


def _is_allowed(reaction: Json, present: dict[int, list[Json]]) -> bool:
    """Emoji of Telegram's list, and custom ones that somebody else has set already."""
    if reaction.get("type") == "emoji":
        return reaction.get("emoji") in REACTIONS
    return any(reaction in each for each in present.values())


def answer_callback_query(call: Call) -> object:
    text, url = call.text("text"), call.text("url")
    if len(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    link = START_LINK.fullmatch(url)
    if url and (link is None or link[1].lower() != (call.bot.user.username or "").lower()):
        raise bad_request("URL_INVALID")
    answer: Json = {"text": text, "show_alert": call.flag("show_alert"), "url": url}
    world = call.world
    number = call.text("callback_query_id")
    callback = world.callbacks.answer(call.bot.id, number, answer, world.now())
    told = {
        "callback": callback.id,
        "user": callback.person.id,
        "chat_key": callback.message.chat.key,
        "message_id": callback.message.id,
        "data": callback.data,
        **answer,
    }
    world.feed.tell("answer", lambda: told)
    return True


ANSWERING: Handlers = {
    "setmessagereaction": set_message_reaction,
    "answercallbackquery": answer_callback_query,
}
