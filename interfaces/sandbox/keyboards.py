"""Keyboards: inline ones stay with a message, reply ones are told to the page only."""

from typing import Final

from interfaces.sandbox.call import Call
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.members import given_rights
from interfaces.sandbox.wire import Json, as_list, as_object, as_objects, bad_request

DATA_LIMIT: Final = 64
BUTTONS_LIMIT: Final = 100
PLACEHOLDER_LIMIT: Final = 64
STYLES: Final = frozenset({"danger", "success", "primary"})
REQUESTS: Final = frozenset(
    {"request_chat", "request_users", "request_contact", "request_location", "request_poll"}
)
ACTIONS: Final = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
        "disabled",
    }
)
ADDRESSES: Final = ("http://", "https://", "tg://", "t.me/")


def inline_keyboard(call: Call) -> Json | None:
    """The inline keyboard of a request, checked; nothing when it has none or an empty one."""
    markup = call.object("reply_markup")
    if markup is None or "inline_keyboard" not in markup:
        return None
    rows = [
        [_button(each) for each in as_objects(row)]
        for row in markup["inline_keyboard"] or ()
        if row
    ]
    if sum(len(row) for row in rows) > BUTTONS_LIMIT:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def reply_keyboard(call: Call, chat: Chat) -> Json | None:
    """A reply keyboard, its removal or a forced reply, checked."""
    markup = call.object("reply_markup")
    if markup is None or "inline_keyboard" in markup:
        return None
    if len(str(markup.get("input_field_placeholder") or "")) > PLACEHOLDER_LIMIT:
        raise bad_request("reply keyboard placeholder is too long")
    if "keyboard" in markup:
        rows = [as_list(row) for row in as_list(markup["keyboard"])]
        keys = [as_object(key) or {"text": str(key)} for row in rows for key in row]
        if not keys or not all(key.get("text") for key in keys):
            raise bad_request("keyboard button text must be non-empty")
        for key in keys:
            _check_request(key, chat)
    return markup


def _check_request(key: Json, chat: Chat) -> None:
    """Buttons that ask for something exist in private talks only."""
    if any(key.get(name) for name in REQUESTS) and not chat.is_private:
        raise bad_request("BUTTON_TYPE_INVALID")
    if (wanted := as_object(key.get("request_chat"))) is not None:
        own = given_rights(as_object(wanted.get("bot_administrator_rights")))
        persons = given_rights(as_object(wanted.get("user_administrator_rights")))
        if not own <= persons:
            raise bad_request(
                "administrator rights of the bot must be a subset of those of the user"
            )


def _button(button: Json) -> Json:
    kept = {name: value for name, value in button.items() if value is not None}
    if not kept.get("text"):
        raise bad_request("inline keyboard button text is empty")
    actions = ACTIONS & kept.keys()
    if not actions:
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    if kept.get("style") not in {None, *STYLES}:
        raise bad_request("BUTTON_STYLE_INVALID")
    if "callback_data" in actions:
        size = len(str(kept["callback_data"]).encode())
        if not 1 <= size <= DATA_LIMIT:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in actions and not str(kept["url"]).startswith(ADDRESSES):
        raise bad_request("inline keyboard button URL is invalid: Wrong HTTP URL")
    return kept
