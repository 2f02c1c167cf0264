"""The operations that the bots send, word for word: what the API may trust a bot's key with."""

from collections.abc import Sequence

from interfaces.telegram.client import operations


def documents() -> Sequence[str]:
    """The texts of all operations of the generated client."""
    return [
        text
        for name, text in vars(operations).items()
        if name.endswith("_GQL") and isinstance(text, str)
    ]
