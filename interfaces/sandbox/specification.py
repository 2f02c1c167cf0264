"""The Bot API as aiogram knows it: the only list of methods, fields and types we keep.

Importing aiogram costs seconds, so it happens once, when the first world is made.
"""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Union, cast, get_args, get_origin

import orjson

from interfaces.sandbox.wire import Json, as_int

if TYPE_CHECKING:
    from pydantic import BaseModel

TRUTH: Final = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}


@dataclass(slots=True, frozen=True)
class MethodSpecification:
    """One method: its name, how its fields travel, and whether it answers with a bool."""

    name: str
    model: "type[BaseModel]"
    texts: frozenset[str]
    chat_ids: frozenset[str]
    returns_bool: bool

    def decoded(self, raw: Mapping[str, object]) -> Json:
        """Fields as the model expects them: JSON in strings becomes what it stands for."""
        return {name: self._value(name, value) for name, value in raw.items()}

    def _value(self, name: str, value: object) -> object:
        if not isinstance(value, str) or name in self.texts:
            return value
        if name in self.chat_ids:
            number = as_int(value)
            return value if number is None else number
        if name not in self.model.model_fields:
            return value
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return TRUTH.get(value, value)

    def complaints(self, fields: Json) -> list[str]:
        """What is wrong with a request: unknown fields, and fields that do not validate."""
        from pydantic import ValidationError  # noqa: PLC0415  costs seconds

        known = self.model.model_fields
        found = [f"unknown field {name}" for name in fields if name not in known]
        try:
            request = self.model.model_validate(
                {name: fields[name] for name in fields if name in known}
            )
            found += [f"unknown field {path}" for path in _strangers(request)]
        except ValidationError as error:
            found += [
                f"{'.'.join(str(step) for step in each['loc'])}: {each['msg']}"
                for each in error.errors()[:3]
            ]
        return found


def _strangers(value: object, path: str = "") -> Iterator[str]:
    """Where a validated request has fields that its types do not know."""
    from pydantic import BaseModel  # noqa: PLC0415  costs seconds

    if isinstance(value, BaseModel):
        yield from (path + name for name in value.model_extra or ())
        for name in value.model_fields_set & type(value).model_fields.keys():
            yield from _strangers(getattr(value, name), f"{path}{name}.")
    elif isinstance(value, list):
        for place, each in enumerate(cast("list[object]", value)):
            yield from _strangers(each, f"{path}{place}.")


@cache
def specification() -> dict[str, MethodSpecification]:
    """All methods by lower-case name."""
    from aiogram import methods  # noqa: PLC0415  costs seconds
    from pydantic import BaseModel  # noqa: PLC0415  costs seconds

    known: dict[str, MethodSpecification] = {}
    for each in vars(methods).values():
        name = getattr(each, "__api_method__", None)
        if isinstance(name, str) and isinstance(each, type) and issubclass(each, BaseModel):
            known[name.lower()] = _described(name, each)
    return known


def _described(name: str, model: "type[BaseModel]") -> MethodSpecification:
    kinds = {field: _kinds(info.annotation) for field, info in model.model_fields.items()}
    return MethodSpecification(
        name=name,
        model=model,
        texts=frozenset(field for field, of in kinds.items() if str in of and len(of) == 1),
        chat_ids=frozenset(field for field, of in kinds.items() if of == {str, int}),
        returns_bool=getattr(model, "__returning__", None) is bool,
    )


def _kinds(annotation: object) -> set[object]:
    """The kinds of value that a field takes, without None, defaults and uploads."""
    if get_origin(annotation) in {Union, types.UnionType}:
        return set[object]().union(*(_kinds(each) for each in get_args(annotation)))
    if annotation is type(None) or getattr(annotation, "__name__", "") in {"Default", "InputFile"}:
        return set()
    return {annotation}


@cache
def required_admin_rights() -> tuple[str, ...]:
    """The rights that aiogram insists on in a `ChatMemberAdministrator`."""
    from aiogram.types import ChatMemberAdministrator  # noqa: PLC0415  costs seconds

    return tuple(
        name
        for name, info in ChatMemberAdministrator.model_fields.items()
        if info.is_required() and name.startswith("can_") and name != "can_be_edited"
    )


def validate_update(update: Json) -> None:
    """Raise pydantic's ValidationError when aiogram could not read this update."""
    from aiogram.types import Update  # noqa: PLC0415  costs seconds

    Update.model_validate(update)
