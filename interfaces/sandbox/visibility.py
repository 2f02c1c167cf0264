"""Who gets to see a message: the rules that Telegram applies to every bot."""

from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.messages import Message


def sees(bot: Bot, message: Message) -> bool:
    """Whether this message comes to the bot as an update."""
    chat = message.chat
    if message.writer_id == bot.id or message.view_once:
        return False
    if chat.is_private:
        return chat.bot is bot and not chat.blocked
    member = chat.present(bot.id)
    if member is None:
        return False
    if message.by_bot:
        return bot.bot_to_bot and (_is_for(bot, message) or member.is_admin or not bot.privacy)
    if chat.is_channel:
        return member.is_admin
    return member.is_admin or not bot.privacy or _is_for(bot, message)


def _is_for(bot: Bot, message: Message) -> bool:
    """What reaches a bot in privacy mode: service messages, replies to it, its commands."""
    if message.is_service:
        return True
    if message.reply_to is not None and message.reply_to.writer_id == bot.id:
        return True
    return _is_command_for(bot, message)


def _is_command_for(bot: Bot, message: Message) -> bool:
    if not message.text.startswith("/"):
        return False
    command, _, _ = message.text.partition(" ")
    _, at, addressee = command.partition("@")
    if at:
        return addressee.lower() == (bot.user.username or "").lower()
    return message.chat.last_bot in {None, bot.id}


def sees_reactions(bot: Bot, chat: Chat) -> bool:
    """Reactions come to administrators, and to the bot of a private talk."""
    if chat.is_private:
        return chat.bot is bot and not chat.blocked
    return chat.is_admin(bot.id)
