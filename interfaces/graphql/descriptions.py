# pyright: reportPrivateUsage=false, reportUnknownMemberType=false
# ruff: noqa: SLF001
# strawberry keeps the schema of graphql-core in `_schema`
"""Descriptions of types and fields: what their docstrings say."""

from inspect import cleandoc

import strawberry
from graphql import GraphQLObjectType
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.field import StrawberryField


def describe(schema: strawberry.Schema) -> None:
    """Let every type and every field with a resolver say what its docstring says."""
    for type_ in schema._schema.type_map.values():
        definition = type_.extensions.get("strawberry-definition")
        if isinstance(definition, StrawberryObjectDefinition):
            type_.description = type_.description or _told(definition.origin.__doc__)
        elif isinstance(definition, StrawberryEnumDefinition):
            type_.description = type_.description or _told(definition.wrapped_cls.__doc__)
        if isinstance(type_, GraphQLObjectType):
            for field in type_.fields.values():
                resolver = field.extensions.get("strawberry-definition")
                if isinstance(resolver, StrawberryField) and resolver.base_resolver:
                    told = _told(resolver.base_resolver.wrapped_func.__doc__)
                    field.description = field.description or told


def _told(docstring: str | None) -> str | None:
    return cleandoc(docstring) if docstring else None
