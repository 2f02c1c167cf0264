"""What the API itself refuses; the code of the error is the name of the class."""


class Declined(Exception):
    """The API says no before any command: the docstring, or words that say more, are told."""

    def __init__(self, told: str | None = None) -> None:
        super().__init__(told or type(self).__doc__)


class NotSignedIn(Declined):
    """A valid key is needed: `Authorization: Bearer <kid>.<secret>`."""


class NotAllowed(Declined):
    """This key may not do or see that."""


class NotStaff(Declined):
    """This Telegram account belongs to nobody on the staff; an admin can add it."""


class NotYet(Declined):
    """The read model has not come that far; ask again in a moment."""


class BadRequest(Declined):
    """The request cannot be understood."""


class BadCursor(Declined):
    """The cursor does not belong to this list; begin without `after`."""


class BadId(Declined):
    """An id looks like 6f1c2b9e-8d35-4a57-9d0e-0d2b8f1f7a11."""


class BadPosition(Declined):
    """A position is a number from 0."""


class BadText(Declined):
    """A text is too long, missing, or has characters that cannot be shown."""


class BadPage(Declined):
    """A page has from 1 to 100 rows: `first` is out of range."""


class BadContent(Declined):
    """The content of the message does not hold together."""


class BadToken(Declined):
    """Telegram does not know this bot token; copy it from BotFather once more."""


class QueryTooExpensive(Declined):
    """The query asks for too much at once."""


class DocumentNotTrusted(Declined):
    """This key may only run the documents that ship with the release."""


class TooSlow(Declined):
    """The answer fell behind the stream; subscribe again after the last position."""


class Unavailable(Declined):
    """The service cannot take this now; try again in a moment, with the same command id."""


class OutcomeUnknown(Declined):
    """Whether it was done is unknown; send the same command with the same id again."""
