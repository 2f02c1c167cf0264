"""Keyboards: inline ones stay with a message, reply ones are told to the page only."""

from typing import Final

from interfaces.sandbox.call import Call
from interfaces.sandbox.wire import Json, as_objects, bad_request

DATA_LIMIT: Final = 64
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
    return {"inline_keyboard": rows} if rows else None


def reply_keyboard(call: Call) -> Json | None:
    """A reply keyboard, its removal or a forced reply."""
    markup = call.object("reply_markup")
    return None if markup is None or "inline_keyboard" in markup else markup


def _button(button: Json) -> Json:
    kept = {name: value for name, value in button.items() if value is not None}
    if not kept.get("text"):
        raise bad_request("inline keyboard button text is empty")
    actions = ACTIONS & kept.keys()
    if not actions:
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    if "callback_data" in actions:
        size = len(str(kept["callback_data"]).encode())
        if not 1 <= size <= DATA_LIMIT:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in actions and not str(kept["url"]).startswith(ADDRESSES):
        raise bad_request("inline keyboard button URL is invalid: Wrong HTTP URL")
    return kept
