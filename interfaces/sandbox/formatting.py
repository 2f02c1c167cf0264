"""Formatted text: HTML, MarkdownV2 and Markdown to entities, counted in UTF-16 units."""

import re
from dataclasses import dataclass, field
from typing import Final

from interfaces.sandbox.wire import ApiError, Json, bad_request, utf16_length

TAGS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
    "span": "spoiler",
}
TAG: Final = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:\s[^<>]*)?)>")
ATTRIBUTE: Final = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
CHARACTER: Final = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));")
NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
DETECTED: Final = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?!\w)")),
    ("url", re.compile(r"https?://[^\s<>\"']+")),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("mention", re.compile(r"(?<![\w@.])@\w{4,32}")),
    ("hashtag", re.compile(r"(?<!\w)#\w+")),
)
OPAQUE: Final = frozenset({"code", "pre", "text_link"})
MARKS: Final = {
    "*": "bold",
    "_": "italic",
    "__": "underline",
    "~": "strikethrough",
    "||": "spoiler",
}
RESERVED: Final = frozenset("_*[]()~`>#+-=|{}.!")


@dataclass(slots=True)
class Draft:
    """Plain text in the making, with the entities that are open and closed so far."""

    parts: list[str] = field(default_factory=list[str])
    length: int = 0
    entities: list[Json] = field(default_factory=list[Json])
    opened: list[tuple[str, Json]] = field(default_factory=list[tuple[str, Json]])

    def say(self, text: str) -> None:
        """Add plain text."""
        self.parts.append(text)
        self.length += utf16_length(text)

    def open(self, mark: str, kind: str, **more: str) -> None:
        """Begin an entity."""
        self.opened.append((mark, {"type": kind, "offset": self.length, **more}))

    def close(self) -> Json:
        """End the innermost entity; an empty one is dropped."""
        _, entity = self.opened.pop()
        entity["length"] = self.length - entity["offset"]
        if entity["length"]:
            self.entities.append(entity)
        return entity

    def finished(self) -> tuple[str, list[Json]]:
        """Text and entities, outer before inner."""
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), self.entities


def parsed(text: str, mode: str | None) -> tuple[str, list[Json]]:
    """Text without its marks, and its entities; refuses what does not parse (400)."""
    if not mode:
        return text, []
    match mode.lower():
        case "html":
            return _html(text)
        case "markdownv2":
            return _markdown(text, frozenset(MARKS), strict=True)
        case "markdown":
            return _markdown(text, frozenset("*_"), strict=False)
        case _:
            raise bad_request("unsupported parse_mode")


def _broken(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")


def _html(text: str) -> tuple[str, list[Json]]:
    draft, place = Draft(), 0
    while (start := text.find("<", place)) >= 0:
        draft.say(_unescaped(text[place:start]))
        tag = TAG.match(text, start)
        if tag is None:
            raise _broken(f'Unsupported start tag "" at byte offset {len(text[:start].encode())}')
        _html_tag(draft, tag)
        place = tag.end()
    draft.say(_unescaped(text[place:]))
    if draft.opened:
        raise _broken(f'Can\'t find end tag corresponding to start tag "{draft.opened[-1][0]}"')
    return draft.finished()


def _html_tag(draft: Draft, tag: re.Match[str]) -> None:
    closing, name, rest = tag[1], tag[2].lower(), tag[3]
    if closing:
        if not draft.opened or draft.opened[-1][0] != name:
            raise _broken(f'Unexpected end tag at byte offset {tag.start()}: "{name}"')
        draft.close()
        return
    kind = TAGS.get(name)
    attributes = {m[1]: _unescaped(m[2] or m[3] or m[4] or "") for m in ATTRIBUTE.finditer(rest)}
    if kind is None or (name == "span" and attributes.get("class") != "tg-spoiler"):
        raise _broken(f'Unsupported start tag "{name}" at byte offset {tag.start()}')
    more = {"url": attributes.get("href", "")} if kind == "text_link" else {}
    if kind == "custom_emoji":
        more = {"custom_emoji_id": attributes.get("emoji-id", "")}
    if kind == "blockquote" and "expandable" in rest:
        kind = "expandable_blockquote"
    draft.open(name, kind, **more)


def _unescaped(text: str) -> str:
    def sign(found: re.Match[str]) -> str:
        if found[1]:
            return NAMED[found[1]]
        code = int(found[2]) if found[2] else int(found[3], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""

    return CHARACTER.sub(sign, text) if "&" in text else text


def _markdown(text: str, marks: frozenset[str], *, strict: bool) -> tuple[str, list[Json]]:
    draft, place = Draft(), 0
    while place < len(text):
        place = _markdown_step(draft, text, place, marks, strict=strict)
    if draft.opened:
        raise _broken(f"Can't find end of the entity starting with {draft.opened[-1][0]}")
    return draft.finished()


def _markdown_step(draft: Draft, text: str, at: int, marks: frozenset[str], *, strict: bool) -> int:
    sign, pair = text[at], text[at : at + 2]
    if sign == "\\" and at + 1 < len(text):
        draft.say(text[at + 1])
        return at + 2
    if sign == "`":
        return _code(draft, text, at)
    mark = pair if pair in marks else sign if sign in marks else ""
    if mark:
        if draft.opened and draft.opened[-1][0] == mark:
            draft.close()
        else:
            draft.open(mark, MARKS[mark])
        return at + len(mark)
    if sign == "[":
        draft.open("[", "text_link")
        return at + 1
    if sign == "]" and draft.opened and draft.opened[-1][0] == "[":
        return _link(draft, text, at)
    if strict and sign in RESERVED and not (sign == ">" and text[at - 1 : at] in {"", "\n"}):
        raise _broken(f"Character '{sign}' is reserved and must be escaped with the preceding '\\'")
    draft.say(sign)
    return at + 1


def _code(draft: Draft, text: str, at: int) -> int:
    mark = "```" if text.startswith("```", at) else "`"
    end = text.find(mark, at + len(mark))
    if end < 0:
        raise _broken(f"Can't find end of the entity starting at byte offset {at}")
    draft.open(mark, "pre" if mark == "```" else "code")
    draft.say(text[at + len(mark) : end])
    draft.close()
    return end + len(mark)


def _link(draft: Draft, text: str, at: int) -> int:
    end = text.find(")", at) if text[at + 1 : at + 2] == "(" else -1
    if end < 0:
        raise _broken("Can't find end of a link")
    draft.close()["url"] = text[at + 2 : end].replace("\\", "")
    return end + 1


def with_detected(text: str, entities: list[Json]) -> list[Json]:
    """The entities and those that Telegram finds by itself: commands, addresses, hashtags."""
    if not any(sign in text for sign in "/@#:"):
        return entities
    taken = [
        (each["offset"], each["offset"] + each["length"])
        for each in entities
        if each["type"] in OPAQUE
    ]
    found = list(entities)
    for kind, pattern in DETECTED:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(match[0])
            if all(end <= left or right <= start for left, right in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    found.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return found
