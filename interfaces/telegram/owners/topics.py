"""Topics: what clients choose among, in their order."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Final

from interfaces.telegram.owners.buttons import MARK, Pressed
from interfaces.telegram.owners.owner import Answer, Misunderstood, Owner, Press, Shown
from interfaces.telegram.screens import Screen

MOST: Final = 50
LONGEST: Final = 64


async def topics(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """The list, each topic with the button that takes it away."""
    listed = (await owner.desk(since)).topics
    rows = [[owner.labelled(f"✖ {topic}", "untopic", _mark(topic))] for topic in listed]
    rows.append([owner.button("add_topics", "addtopics")])
    rows.append([owner.button("back", "settings")])
    text = owner.say("topics_head") if listed else owner.say("topics_none")
    return Screen("\n".join([text, *(f"• {topic}" for topic in listed)]), rows, note)


async def _topics(owner: Owner, _: Pressed) -> Shown:
    return await topics(owner)


async def _ask(owner: Owner, _: Pressed) -> Shown:
    return owner.ask("ask_topics", "topics")


async def _add(owner: Owner, answer: str, _: str) -> Shown:
    told = [" ".join(line.split()) for line in answer.splitlines()]
    listed = list(dict.fromkeys([*(await owner.desk()).topics, *filter(None, told)]))
    if not any(told) or len(listed) > MOST or any(len(topic) > LONGEST for topic in listed):
        raise Misunderstood("topics_wrong")
    return await _define(owner, listed)


async def _remove(owner: Owner, pressed: Pressed) -> Shown:
    listed = (await owner.desk()).topics
    return await _define(owner, [topic for topic in listed if _mark(topic) != pressed.about])


async def _define(owner: Owner, listed: Sequence[str]) -> Shown:
    defined = (await owner.api.define_topics(owner.command_id, list(listed))).define_topics
    return await topics(owner, defined.position, owner.say("saved"))


def _mark(topic: str) -> str:
    return blake2b(topic.encode(), digest_size=MARK // 2).hexdigest()


PRESSES: Final[Mapping[str, Press]] = {"topics": _topics, "addtopics": _ask, "untopic": _remove}
ANSWERS: Final[Mapping[str, Answer]] = {"topics": _add}
