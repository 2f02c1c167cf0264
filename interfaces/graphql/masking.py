"""Errors as callers see them: refusals by name, everything else as an incident without a word more.

An incident is logged once, with its number, the kind of error and the lines of code that it went
through: never with its text or with values, which may hold secrets or what people wrote.
"""

import traceback
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from graphql import GraphQLError

from application.desk import Busy, OutcomeUnknown, Refused
from interfaces.graphql import refusals
from interfaces.graphql.refusals import Declined

log = structlog.get_logger("graphql")
LONGEST = 500  # characters of a message that repeats what was asked
RETRY_CODES = frozenset({"Unavailable", "OutcomeUnknown"})


class Masking:
    """Knows which errors mean an outage, and how incidents are numbered."""

    def __init__(
        self, is_outage: Callable[[BaseException], bool], new_incident: Callable[[], str]
    ) -> None:
        self.is_outage = is_outage
        self._new_incident = new_incident

    def __call__(self, error: GraphQLError) -> GraphQLError:
        """The error with a code in `extensions`, and a text that may be told."""
        cause = error.original_error
        if isinstance(cause, GraphQLError):
            cause = cause.original_error
        if cause is None or (error.path is None and isinstance(cause, ValueError | TypeError)):
            extensions = {"code": "BadRequest", **(error.extensions or {})}
            return _told(error, error.message[:LONGEST], extensions)  # said of the request itself
        if isinstance(cause, Refused | Declined):
            code = {"code": type(cause).__name__}
            named = {"named": cause.named} if isinstance(cause, Refused) and cause.named else {}
            return _told(error, str(cause), code | named)
        if isinstance(cause, OutcomeUnknown):
            unknown = refusals.OutcomeUnknown
            return _told(error, str(unknown()), {"code": unknown.__name__})
        if isinstance(cause, Busy | TimeoutError) or self.is_outage(cause):
            unavailable = refusals.Unavailable
            return _told(error, str(unavailable()), {"code": unavailable.__name__})
        number = self._new_incident()
        log.error(
            "incident",
            incident=number,
            error=type(cause).__name__,
            at="".join(traceback.format_tb(cause.__traceback__)),
        )
        return _told(error, "internal error", {"code": "InternalError", "incident": number})


def _told(error: GraphQLError, message: str, extensions: Mapping[str, Any]) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=dict(extensions),
    )
