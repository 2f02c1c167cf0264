"""Documents that the server has read: parsed, validated, and what they name, remembered by text."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, validate

from interfaces.graphql.cost import coordinates

MAX_TOKENS = 1_000
REMEMBERED = 512


class Known(NamedTuple):
    """A document, what is wrong with it, and every (type, field) that it names."""

    document: DocumentNode
    errors: Sequence[GraphQLError]
    fields: frozenset[tuple[str, str]]


class Library:
    """Reads each text once, as long as it is among those used last."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Known] = OrderedDict()

    def read(self, schema: GraphQLSchema, text: str) -> Known:
        """The document of a text; raises GraphQLError if it cannot be parsed."""
        known = self._known.get(text)
        if known is None:
            document = parse(text, max_tokens=MAX_TOKENS)
            errors = validate(schema, document, max_errors=10, hide_suggestions=True)
            fields = frozenset[tuple[str, str]]() if errors else coordinates(schema, document)
            known = self._known[text] = Known(document, errors, fields)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(text)
        return known


class TrustedDocuments:
    """The operations that ship with the release; an empty list trusts everything."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._by_id = {hashlib.sha256(text.encode()).hexdigest(): text for text in texts}
        self._texts = frozenset(self._by_id.values())

    def trusts(self, text: str) -> bool:
        """Whether a bot may run the text."""
        return not self._texts or text in self._texts

    def text(self, document_id: str) -> str | None:
        """The text whose SHA-256, in hexadecimal, this is."""
        return self._by_id.get(document_id)
