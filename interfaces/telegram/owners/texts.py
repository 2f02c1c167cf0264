"""Texts: what the company says to clients in its own words instead of ours."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Outdated
from interfaces.telegram.client.enums import TextKind
from interfaces.telegram.client.input_types import TextInput
from interfaces.telegram.owners.buttons import Pressed
from interfaces.telegram.owners.owner import Answer, Misunderstood, Owner, Press, Shown
from interfaces.telegram.screens import Screen

LONGEST: Final = 1000
KINDS: Final = {kind.value.lower(): kind for kind in TextKind}


async def texts(owner: Owner) -> Screen:
    """The occasions on which something is said; those with own words are marked."""
    own = await _own(owner)
    rows = [
        [owner.labelled(("✎ " if name in own else "") + owner.say(f"text_{name}"), "text", name)]
        for name in KINDS
    ]
    return Screen(owner.say("texts_head"), [*rows, [owner.button("back", "settings")]])


async def text(owner: Owner, name: str, since: int | None = None, note: str = "") -> Screen:
    """What is said on one occasion."""
    if name not in KINDS:
        raise Outdated
    own = (await _own(owner, since)).get(name)
    lines = [owner.say(f"text_{name}"), owner.say(f"about_{name}"), ""]
    lines += [own] if own else [owner.say("text_is_ours")]
    rows = [[owner.button("change_text", "retext", name)]]
    if own:
        rows.append([owner.button("reset_text", "ourtext", name)])
    return Screen("\n".join(lines), [*rows, [owner.button("back", "texts")]], note)


async def _own(owner: Owner, since: int | None = None) -> dict[str, str]:
    told = (await owner.desk(since)).settings.texts
    return {each.kind.value.lower(): each.text for each in told if each.text}


async def _texts(owner: Owner, _: Pressed) -> Shown:
    return await texts(owner)


async def _text(owner: Owner, pressed: Pressed) -> Shown:
    return await text(owner, pressed.about)


async def _ask(owner: Owner, pressed: Pressed) -> Shown:
    if pressed.about not in KINDS:
        raise Outdated
    occasion = owner.say(f"text_{pressed.about}")
    return owner.ask("ask_text", "text", pressed.about, occasion=occasion)


async def _change(owner: Owner, answer: str, about: str) -> Shown:
    if not 0 < len(answer.strip()) <= LONGEST:
        raise Misunderstood("text_wrong")
    return await _set(owner, about, answer.strip())


async def _reset(owner: Owner, pressed: Pressed) -> Shown:
    return await _set(owner, pressed.about, "")


async def _set(owner: Owner, name: str, words: str) -> Shown:
    if name not in KINDS:
        raise Outdated
    told = [TextInput(kind=KINDS[name], text=words)]
    done = (await owner.api.set_texts(owner.command_id, told)).set_texts
    return await text(owner, name, done.position, owner.say("saved"))


PRESSES: Final[Mapping[str, Press]] = {
    "texts": _texts,
    "text": _text,
    "retext": _ask,
    "ourtext": _reset,
}
ANSWERS: Final[Mapping[str, Answer]] = {"text": _change}
