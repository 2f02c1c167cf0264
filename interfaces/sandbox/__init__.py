"""A Telegram of one's own: a Bot API emulator with people, chats and a page of phones."""
