# pyright: reportPrivateUsage=false
# ruff: noqa: SLF001
# strawberry hands the schema of graphql-core to its extensions only as `schema._schema`
"""What every operation passes on every transport: trusted document, cost, authority.

A refusal goes into `pre_execution_errors`: an exception raised while parsing would reach HTTP
callers, but a websocket caller would get only `complete`, with no error.
"""

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode
from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType
from typing_extensions import override

from interfaces.graphql.authority import denied
from interfaces.graphql.context import Context
from interfaces.graphql.cost import CostWalk
from interfaces.graphql.documents import MAX_TOKENS, Known, Library, TrustedDocuments
from interfaces.graphql.principals import Who
from interfaces.graphql.refusals import (
    BadRequest,
    Declined,
    DocumentNotTrusted,
    NotAllowed,
    NotSignedIn,
    QueryTooExpensive,
)

INTROSPECTION = {"__schema", "__type"}


class Admission(SchemaExtension):
    """One for each request; `library`, `documents` and `open_schema` are the server's."""

    def __init__(self, library: Library, documents: TrustedDocuments, *, open_schema: bool) -> None:
        super().__init__()
        self._library = library
        self._documents = documents
        self._open_schema = open_schema
        self._known: Known | None = None

    @override
    def on_parse(self) -> Iterator[None]:
        asked = self.execution_context
        asked.parse_options["max_tokens"] = MAX_TOKENS
        try:
            self._known = self._library.read(asked.schema._schema, asked.query or "")
            asked.graphql_document = self._known.document
        except GraphQLError:  # parsed once more by strawberry, which reports it everywhere
            asked.graphql_document = None
        yield

    @override
    def on_validate(self) -> Iterator[None]:
        try:
            self.execution_context.pre_execution_errors = self._refused()
        except Declined as declined:
            self.execution_context.pre_execution_errors = [
                GraphQLError(str(declined), original_error=declined)
            ]
        yield

    @override
    def on_stream_result(self, result: Any) -> Iterator[None]:
        if result.errors:
            context: Context = self.execution_context.context
            result.errors = [context.parts.masked(error) for error in result.errors]
        yield

    def _refused(self) -> list[GraphQLError]:
        asked, known = self.execution_context, self._known
        context: Context = asked.context
        if known is None:
            return []
        if context.principal.trusted_only and not self._documents.trusts(asked.query or ""):
            raise DocumentNotTrusted
        walk = CostWalk(asked.schema._schema, known.document, asked.variables or {})
        if (over := walk.over()) is not None:
            raise QueryTooExpensive(f"{QueryTooExpensive.__doc__} {over}.")
        operations = sum(isinstance(d, OperationDefinitionNode) for d in known.document.definitions)
        if operations > 1 and asked._provided_operation_name is None:
            raise BadRequest("The document has several operations: say the operationName.")
        if context.live and asked.operation_type is not OperationType.SUBSCRIPTION:
            raise BadRequest("Over a websocket there are only subscriptions.")
        if not known.errors:
            self._authorise(context.principal.who, known)
        return list(known.errors)

    def _authorise(self, who: Who, known: Known) -> None:
        asked_for = frozenset(f for f in known.fields if not f[1].startswith("__"))
        if not self._open_schema and any(name in INTROSPECTION for _, name in known.fields):
            raise NotAllowed("The schema cannot be asked for here; read schema.graphql.")
        own = frozenset(f for f in asked_for if not f[0].startswith("__"))
        wrong = denied(who, own)
        if wrong is None:
            return
        if who is Who.STRANGER:
            raise NotSignedIn
        raise NotAllowed(f"{NotAllowed.__doc__} ({wrong})")
