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
from domain.fields import Field
from domain.links import LinkRule
from domain.messages import Content, Place
from domain.offering import Offering

RECORDED = Path(__file__).parent / "recorded"

WORDS: dict[str, Any] = {
    "act": "repeat",
    "acts": ["tag:vip", "close"],
    "admission": "allowed",
    "fields": {"address": "Ленина, 1"},
    "keys": ["address"],
    "kind": "open",
    "missing": ["Адрес"],
    "phones": ["+79161234567"],
    "rate": 100,
    "reasons": ["Дорого", "Передумал"],
    "skipped": {"4f1f7f3c-8c1e-5b0a-9f5d-3f0c8f6a2b11": "Fill in these fields first: Адрес."},
    "skills": ["электрик"],
    "title": "Монтаж розеток",
    "told": {"name": "Иван Петров", "username": "ivan"},
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
    Field: {"key": "district", "label": "Район", "kind": "choice", "choices": ["Центр", "Север"]},
    LinkRule: {
        "id": "5b0c6f0e-6f0b-5d0e-9d3f-0a4f5f1d2c3b",
        "stage_id": "0f6c1b44-6a2f-5e0b-8f43-1a8a4b9c7d10",
        "to_pipeline_id": "9c1f2a7e-0b58-5f7b-a2f4-6d7c3e5b8a91",
        "to_stage_id": "c7a4d9e2-1f3b-5a6c-9e8d-2b4f6a8c0e13",
        "outcomes": {
            "e1d2c3b4-a596-5877-9869-5a4b3c2d1e0f": "0f6c1b44-6a2f-5e0b-8f43-1a8a4b9c7d11"
        },
        "copied": ["address"],
        "slot_id": None,
    },
    Offering: {
        "claimed_stage_id": "0f6c1b44-6a2f-5e0b-8f43-1a8a4b9c7d11",
        "chat_id": -1_001_234_567_890,
        "template": "{title}\nАдрес: {address}",
        "disclosed": ["flat"],
        "sent": ["name", "username"],
        "tells_winner": True,
        "skill_field": "skill",
        "allow_listed": False,
        "at_once": 3,
        "cool_down": 30,
        "reveals": 20,
        "window": 10,
        "ladder": [{"after": 15, "act": "repeat", "chat_id": None}],
        "expires": 120,
        "expired_stage_id": None,
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
        return [str(_id(name))] if get_origin(hint) is list else str(_id(name))
    if dataclasses.is_dataclass(kind):
        return VALUES[kind]
    return WORDS.get(name, VALUES.get(kind))


if __name__ == "__main__":
    for added in add_missing():
        print(f"recorded {added.name}")  # noqa: T201 - it talks to a person
