"""The schema as it is agreed."""

from pathlib import Path

from graphql import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_composite_type,
)

from interfaces.graphql.amounts import AMOUNTS
from interfaces.graphql.schema import made, printed

AGREED = Path(__file__).parents[2] / "schema.graphql"


def test_schema_graphql_is_what_the_code_says() -> None:
    assert AGREED.read_text() == printed(), "write it anew: make schema"


def test_every_list_of_objects_is_a_page_or_has_a_bound() -> None:
    for name, type_ in made()._schema.type_map.items():
        if not isinstance(type_, GraphQLObjectType) or name.startswith("__"):
            continue
        for field_name, field in type_.fields.items():
            inner = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
            if isinstance(inner, GraphQLList) and is_composite_type(get_named_type(inner)):
                paged = "pageInfo" in type_.fields or "first" in field.args
                assert paged or f"{name}.{field_name}" in AMOUNTS


def test_everything_that_can_be_asked_is_described() -> None:
    for name, type_ in made()._schema.type_map.items():
        if isinstance(type_, GraphQLObjectType) and not name.startswith("__"):
            assert type_.description or "Connection" in name or "Edge" in name, name
    for root in ("Query", "Mutation", "Subscription"):
        fields = made()._schema.type_map[root].fields  # type: ignore[attr-defined]
        assert all(field.description for field in fields.values())
