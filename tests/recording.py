"""One example of every event, as the log keeps it: `make record` adds files that are missing.

A file of tests/recorded/ holds an event of one version; what is there never changes and is never
deleted, so that every release proves that it reads what earlier ones wrote.
"""

import dataclasses
import json
import types
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from uuid import NAMESPACE_OID, UUID, uuid5

from domain.aggregate import Aggregate
from domain.events import IN_COLUMNS, catalogue
from domain.messages import Content, Place

RECORDED = Path(__file__).parent / "recorded"

WORDS: dict[str, Any] = {
    "acts": ["tag:vip", "close"],
    "asked": "ticket",
    "clock": "09:00",
    "code": "delivery",
    "emoji": ["👍"],
    "every": "week",
    "lacks": ["channel_post_right"],
    "mode": "activity",
    "pieces": [43, 44],
    "priority": "high",
    "presence": "break",
    "quote": "Где мой заказ",
    "rule": "automatic",
    "surface": "forum",
    "tag": "vip",
    "text": "Здравствуйте, {client}!",
    "texts": {"greeting": "Добро пожаловать!"},
    "week": [
        ["09:00-18:00"],
        ["09:00-18:00"],
        ["09:00-18:00"],
        ["09:00-18:00"],
        ["09:00-17:00"],
        [],
        [],
    ],
    "zone": "Europe/Moscow",
    "cause": "asked by an admin",
    "comment": "Спасибо!",
    "cycle": 1,
    "language": "ru",
    "name": "Анна Петрова",
    "number": 7,
    "outcome": "won",
    "reason": "bot was blocked by the user",
    "role": "client",
    "roles": ["manager"],
    "stars": 5,
    "topic": "Доставка",
    "topics": ["Доставка", "Оплата"],
    "username": "anna",
}
VALUES: dict[Any, Any] = {
    bool: True,
    datetime: "2026-11-20T09:30:00Z",
    int: 1_001_234_567,
    str: "слово",
    Content: {
        "kind": "text",
        "text": "Где мой заказ? 🙂",
        "entities": [{"type": "bold", "offset": 0, "length": 3}],
        "file_id": None,
        "file_name": None,
        "file_size": None,
        "mime_type": None,
        "details": {},
        "pieces": [],
    },
    Place: {"bot_id": 7_001, "chat_id": -1_001_234_567_890, "message_id": 42},
}


def path_of(topic: str) -> Path:
    """Where the example of a topic lies: `Ticket.Opened#1` in `Ticket.Opened.1.json`."""
    return RECORDED / f"{topic.replace('#', '.')}.json"


def example(topic: str, event: type[Aggregate.Event]) -> dict[str, Any]:
    """What the log would hold of such an event."""
    hints = get_type_hints(event)
    state = {
        "at" if field.name == "timestamp" else field.name: _value(field.name, hints[field.name])
        for field in dataclasses.fields(event)
        if field.name not in IN_COLUMNS
    }
    return {
        "topic": topic,
        "workspace_id": str(_id("workspace")),
        "originator_id": str(_id(topic.partition(".")[0])),
        "version": 1 if issubclass(event, Aggregate.Created) else 2,
        "state": state,
    }


def add_missing() -> Iterator[Path]:
    """Write the examples of topics that have none yet."""
    for topic, event in catalogue().items():
        path = path_of(topic)
        if not path.exists():
            told = json.dumps(example(topic, event), ensure_ascii=False, indent=2)
            path.write_text(f"{told}\n", encoding="utf-8")
            yield path


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE_OID, name)


def _value(name: str, hint: Any) -> Any:
    kind = next((part for part in get_args(hint) if part is not types.NoneType), hint)
    if get_origin(hint) is None:
        kind = hint
    if kind is UUID:
        return str(_id(name))
    return WORDS.get(name, VALUES.get(kind))


if __name__ == "__main__":
    for added in add_missing():
        print(f"recorded {added.name}")  # noqa: T201 - it talks to a person
