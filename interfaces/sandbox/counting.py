"""Numbers as Telegram gives them: one after the other, per chat or per bot."""


class Sequence:
    """Numbers without gaps."""

    def __init__(self, last: int = 0) -> None:
        self.last = last

    def following(self) -> int:
        """The next number."""
        self.last += 1
        return self.last
