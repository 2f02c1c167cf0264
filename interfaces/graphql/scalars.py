"""Scalars beyond those of GraphQL: 64-bit integers."""

from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from interfaces.graphql.bounds import LARGEST

BigInt = NewType("BigInt", int)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -LARGEST <= value <= LARGEST:
        raise ValueError("a whole number of at most 64 bits is needed")
    return value


BIG_INT: ScalarDefinition = strawberry.scalar(
    name="BigInt",
    description="A 64-bit integer, written as a JSON number.",
    serialize=_whole,
    parse_value=_whole,
)
SCALARS: dict[object, ScalarDefinition] = {BigInt: BIG_INT}
