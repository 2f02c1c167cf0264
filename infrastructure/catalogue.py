"""The catalogue of events for people: what `ledgerdesk events` prints and docs/events.md keeps."""

import dataclasses
import inspect
import types
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from domain.aggregate import Aggregate
from domain.events import AGGREGATES, IN_COLUMNS, catalogue

HEAD = """\
# Events

Everything that Ledgerdesk can record, once and for ever. Generated from the docstrings and fields
of `domain/`: change those and run `make events`. A topic is the name of the event and the version
of its fields. Each event also carries its workspace, its aggregate and version, and `at`, the
moment of the command that led to it; the log adds position, command id, actor and cause.
"""


def events_page() -> str:
    """The whole page as Markdown."""
    sections = [line for kind in AGGREGATES for line in _section(kind)]
    return "\n".join([HEAD, *sections, *_values()]).rstrip() + "\n"


def fields_of(kind: type[Any]) -> Iterator[tuple[str, str, str]]:
    """Name, type and default (empty when the field is required) of what an event or value says."""
    hints: dict[str, Any] = get_type_hints(kind)
    for field in dataclasses.fields(kind):
        if field.name not in IN_COLUMNS | {"timestamp"}:
            yield field.name, _words(hints[field.name]), _default(field)


def meaning(kind: type) -> str:
    """The docstring of the class itself; the metaclass of aggregates hides it from plain sight."""
    for base in kind.__mro__:
        told = vars(base).get("__doc__") or ""
        if base.__name__ == kind.__name__ and told and not told.startswith(f"{kind.__name__}("):
            return inspect.cleandoc(told)
    return ""


def _section(aggregate: type[Aggregate]) -> Iterator[str]:
    yield f"## {aggregate.__name__}\n"
    yield f"{meaning(aggregate)}\n"
    for topic, event in catalogue().items():
        if topic.partition(".")[0] == aggregate.__name__:
            yield f"### `{topic}`\n"
            yield f"{meaning(event)}\n"
            yield from _table(event)


def _values() -> Iterator[str]:
    yield "## Values\n"
    for value in dict.fromkeys(found for event in catalogue().values() for found in _nested(event)):
        yield f"### {value.__name__}\n"
        yield f"{meaning(value)}\n"
        yield from _table(value)


def _nested(event: type[Aggregate.Event]) -> Iterator[type[Any]]:
    for hint in get_type_hints(event).values():
        for part in (hint, *get_args(hint)):
            if dataclasses.is_dataclass(part) and isinstance(part, type):
                yield part


def _table(kind: type[Any]) -> Iterator[str]:
    rows = list(fields_of(kind))
    if rows:
        yield "| Field | Type | Default |"
        yield "|---|---|---|"
        for name, type_, default in rows:
            yield f"| `{name}` | {type_} | {default and f'`{default}`'} |"
        yield ""


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default_factory is not dataclasses.MISSING:
        return repr(field.default_factory())
    if field.default is dataclasses.MISSING:
        return ""
    return str(field.default) if isinstance(field.default, StrEnum) else repr(field.default)


def _words(hint: Any) -> str:  # noqa: ANN401 - type hints have no common type
    if hint is types.NoneType:
        return "none"
    origin, parts = get_origin(hint), [_words(part) for part in get_args(hint)]
    if origin is list:
        return f"list of {parts[0]}"
    if origin is dict:
        return f"object of {parts[1]}"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return ", ".join(f"`{one}`" for one in hint)
    return " or ".join(parts) if parts else str(hint.__name__)
