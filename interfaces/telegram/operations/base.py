"""What the generated client stands on: our own transport, so that it needs no other HTTP client."""

from interfaces.telegram.transport import Transport


class Base(Transport):
    """Sends operations and hears answers; see `interfaces.telegram.transport`."""
