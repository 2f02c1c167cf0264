# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# ruff: noqa: ANN401
# graphql-core leaves the types inside its generic wrappers unknown
"""What a GraphQL document may cost at most, in time linear in its length.

Takes the place of strawberry's depth and alias limiters, which walk a fragment again for every
place that spreads it. Each fragment is walked once; amounts count as they are given, 100 where
they are not known.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from interfaces.graphql.amounts import AMOUNTS
from interfaces.graphql.bounds import MAX_PAGE

CEILING = 10**9
DIGITS = 9  # of an amount that is read at all
MISSING = object()


class Figures(NamedTuple):
    """Cost counts every field once for each row that the page sizes above it allow."""

    cost: int
    depth: int
    fields: int
    aliases: int


LIMITS = Figures(cost=5_000, depth=10, fields=2_000, aliases=30)
MOST_MUTATIONS = 5  # of one document
ZERO = Figures(0, 0, 0, 0)


class CostWalk:
    """The figures of every operation of one document."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]
    ) -> None:
        self.schema = schema
        self.document = document
        self.variables = variables
        self.fragments = {
            d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
        }
        self.defaults: dict[str, Any] = {}
        self.walked: dict[str, Figures] = {}
        self.open: set[str] = set()

    def over(self) -> str | None:
        """What is too much, in words; None if every operation is within the limits."""
        for definition in self.document.definitions:
            if not isinstance(definition, OperationDefinitionNode):
                continue
            found = self._operation(definition)
            for name, value, most in zip(found._fields, found, LIMITS, strict=True):
                if value > most:
                    return f"{name} {value}, at most {most}"
            roots = self._roots(definition.selection_set)
            if definition.operation is OperationType.MUTATION and roots > MOST_MUTATIONS:
                return f"{roots} mutations, at most {MOST_MUTATIONS}"
        return None

    def _operation(self, definition: OperationDefinitionNode) -> Figures:
        self.defaults = {
            v.variable.name.value: v.default_value
            for v in definition.variable_definitions or ()
            if v.default_value is not None
        }
        self.walked.clear()
        root = self.schema.get_root_type(definition.operation)
        return self.walk(definition.selection_set, root)

    def _roots(self, selections: SelectionSetNode) -> int:
        """Root fields, those of fragments counted by their text alone: bounded by the tokens."""
        count = 0
        for node in selections.selections:
            if isinstance(node, FieldNode):
                count += 1
            elif isinstance(node, InlineFragmentNode):
                count += self._roots(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                count += self.walked.get(node.name.value, ZERO).fields
        return count

    def walk(self, selections: SelectionSetNode, parent: Any) -> Figures:
        """The figures of a selection on a type; None for a type that is not known."""
        cost = depth = fields = aliases = 0
        for node in selections.selections:
            if isinstance(node, FieldNode):
                found = self._field(node, parent)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = self._type(condition.name.value) if condition else parent
                found = self.walk(node.selection_set, inner)
            elif isinstance(node, FragmentSpreadNode):
                found = self._spread(node)
            else:
                continue
            cost, depth = min(cost + found.cost, CEILING), max(depth, found.depth)
            fields = min(fields + found.fields, CEILING)
            aliases = min(aliases + found.aliases, CEILING)
        return Figures(cost, depth, fields, aliases)

    def _field(self, node: FieldNode, parent: Any) -> Figures:
        definition = getattr(parent, "fields", {}).get(node.name.value)
        below = ZERO
        if node.selection_set:
            inner = get_named_type(definition.type) if definition else None
            below = self.walk(node.selection_set, inner)
        depth = 0 if node.name.value.startswith("__") else 1 + below.depth
        cost = min(1 + self._rows(node, definition, parent) * below.cost, CEILING)
        return Figures(cost, depth, 1 + below.fields, (node.alias is not None) + below.aliases)

    def _spread(self, node: FragmentSpreadNode) -> Figures:
        name = node.name.value
        if name in self.open or name not in self.fragments:  # validation refuses both
            return ZERO
        if name not in self.walked:
            fragment = self.fragments[name]
            self.open.add(name)
            inner = self._type(fragment.type_condition.name.value)
            self.walked[name] = self.walk(fragment.selection_set, inner)
            self.open.discard(name)
        return self.walked[name]

    def _type(self, name: str) -> Any:
        """None for introspection types: graphql-core bounds them by a rule."""
        return None if name.startswith("__") else self.schema.get_type(name)

    def _rows(self, node: FieldNode, definition: GraphQLField | None, parent: Any) -> int:
        """How many rows the field may give: the amount asked for, or a declared bound."""
        if definition is None:
            return 1
        if "first" in definition.args:
            given = {argument.name.value: argument.value for argument in node.arguments or ()}
            default = definition.args["first"].default_value
            return _size(self._value(given.get("first", MISSING), default))
        if not is_list_type(get_nullable_type(definition.type)):
            return 1
        if "pageInfo" in parent.fields:  # edges and nodes of a connection: counted by its first
            return 1
        return AMOUNTS.get(f"{parent.name}.{node.name.value}", MAX_PAGE)

    def _value(self, node: Any, default: Any) -> Any:
        if isinstance(node, VariableNode):
            name = node.name.value
            if name in self.variables:
                return self.variables[name]
            node = self.defaults.get(name, MISSING)
        if isinstance(node, IntValueNode):
            return int(node.value) if len(node.value) <= DIGITS else CEILING
        if isinstance(node, ListValueNode | NullValueNode):
            return None
        return default if node is MISSING else None


def coordinates(schema: GraphQLSchema, document: DocumentNode) -> frozenset[tuple[str, str]]:
    """Every (type, field) that a valid document names, each place of its text visited once."""
    return frozenset(_coordinates(schema, document))


def _coordinates(schema: GraphQLSchema, document: DocumentNode) -> Iterator[tuple[str, str]]:
    todo: list[tuple[SelectionSetNode, Any]] = []
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            root = schema.get_root_type(definition.operation)
            todo.append((definition.selection_set, root))
        elif isinstance(definition, FragmentDefinitionNode):
            on = schema.get_type(definition.type_condition.name.value)
            todo.append((definition.selection_set, on))
    while todo:
        selections, parent = todo.pop()
        for node in selections.selections:
            if isinstance(node, FieldNode):
                yield parent.name, node.name.value
                field = parent.fields.get(node.name.value)
                if node.selection_set and field is not None:
                    todo.append((node.selection_set, get_named_type(field.type)))
                elif node.selection_set:
                    yield parent.name, "__schema"
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                on = schema.get_type(condition.name.value) if condition else parent
                todo.append((node.selection_set, on))


def _size(amount: object) -> int:
    usable = isinstance(amount, int) and not isinstance(amount, bool) and amount >= 0
    return max(1, int(str(amount))) if usable else MAX_PAGE
