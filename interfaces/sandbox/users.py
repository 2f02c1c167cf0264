"""People: whoever writes, presses and reacts, and the two accounts that belong to Telegram."""

from dataclasses import dataclass

from interfaces.sandbox.wire import Json, without_nothing

TELEGRAM_ID = 777000
GROUP_ANONYMOUS_BOT_ID = 1087968824
CHANNEL_BOT_ID = 136817688


@dataclass(slots=True)
class User:
    """An account, of a person or of a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    deactivated: bool = False
    hidden_forwards: bool = False
    """Whether forwarded messages name this account without a link to it."""

    def as_json(self) -> Json:
        """The `User` of the Bot API."""
        return without_nothing(
            {
                "id": self.id,
                "is_bot": self.is_bot,
                "first_name": self.first_name,
                "last_name": self.last_name,
                "username": self.username,
                "language_code": self.language_code,
            }
        )

    @property
    def name(self) -> str:
        """First and last name together."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


TELEGRAM = User(TELEGRAM_ID, "Telegram")
GROUP_ANONYMOUS_BOT = User(
    GROUP_ANONYMOUS_BOT_ID, "Group", username="GroupAnonymousBot", is_bot=True
)
CHANNEL_BOT = User(CHANNEL_BOT_ID, "Channel", username="Channel_Bot", is_bot=True)
