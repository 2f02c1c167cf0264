"""Logs: JSON lines on standard error, without what must not stand in a log."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

TOKEN = re.compile(r"\d{4,12}:[A-Za-z0-9_-]{20,}")  # a bot token, as in the address of a call
BEARER = re.compile(r"(?i)bearer\s+\S+")


def configure(level: str, **bound: str) -> None:
    """Log from this level on; `bound` stands in every line."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            without_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(**bound)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(_Redacting())


def without_secrets(
    _: object, __: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Cover what looks like a token or a key, wherever it stands."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = covered(value)
    return event


def covered(text: str) -> str:
    """The text with tokens and keys blackened, and on one line."""
    blackened = BEARER.sub("Bearer …", TOKEN.sub("…", text))
    return blackened.replace("\r", " ").replace("\x1b", " ")


class _Redacting(logging.Filter):
    """The same for lines that libraries log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Cover the message; every line passes."""
        record.msg, record.args = covered(record.getMessage()), None
        return True
