"""What people put into a message: words with their entities, and files."""

from typing import Final

from interfaces.sandbox.files import Upload
from interfaces.sandbox.formatting import with_detected
from interfaces.sandbox.media import KINDS, Media, described
from interfaces.sandbox.messages import Message
from interfaces.sandbox.wire import Json, as_objects, bad_request, utf16_length
from interfaces.sandbox.world import World

TEXT_LIMIT: Final = 4096


def worded(text: str, entities: list[Json] | None, *, is_caption: bool) -> Json:
    """Text or caption with the entities that are given and those that Telegram finds."""
    if not text:
        return {}
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    found = with_detected(text, entities or [])
    name, marks = ("caption", "caption_entities") if is_caption else ("text", "entities")
    return {name: text, **({marks: found} if found else {})}


def kept(world: World, media: tuple[str, Upload] | None, attributes: Json) -> Media | None:
    """An upload as media of a message; a live photo's still is the file itself."""
    if media is None:
        return None
    kind, upload = media
    if kind not in KINDS:
        raise bad_request(f"unknown kind of media: {kind}")
    still = world.files.keep("photo", upload) if kind == "live_photo" else None
    return described(kind, world.files.keep(kind, upload), attributes, still)


def button_data(message: Message, data: str | None, button: str | None) -> str:
    """The data of an inline button, given by its data or its text, now or in an older keyboard."""
    keyboards = [message.markup] if message.markup else []
    for keyboard in keyboards + message.old_markups[::-1]:
        for row in keyboard.get("inline_keyboard", []):
            for each in as_objects(row):
                if "callback_data" in each and (
                    each["callback_data"] == data if data is not None else each["text"] == button
                ):
                    return str(each["callback_data"])
    raise bad_request("there is and was no such button")
