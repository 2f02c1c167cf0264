"""What clients read in English."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "greeting": (
        "Hello {name}!\nWrite your question in one message or several; a person will answer."
    ),
    "help": (
        "Write your question: it becomes a ticket with a number, and the answer comes into this"
        " chat. You can send text, photos, videos, files, voice messages, stickers, places and"
        " contacts.\n\n"
        "If you have several tickets, reply to a message of the one you mean, or choose it in the"
        " list.\n\n"
        "/new — a new ticket\n"
        "/tickets — open tickets\n"
        "/history — closed tickets\n"
        "/language — language\n"
        "/del in reply to your own message — take it back\n\n"
        "To correct a message, just edit it. But Telegram tells bots nothing of deleted messages,"
        " and never shows them view-once photos and voice messages."
    ),
    "new_ticket": "➕ New ticket",
    "my_tickets": "📋 My tickets",
    "history": "🗂 History",
    # what becomes of a message
    "accepted": "Ticket No. {number} is accepted.",
    "accepted_topic": "Ticket No. {number} “{topic}” is accepted.",
    "choose_topic": "What is your question about?",
    "held_topic": "What is your question about? Choose a topic, and we pass your message on.",
    "held_ticket": "Which ticket is this about? Choose one, and your message will go there.",
    "held_begin": "Shall we begin a new ticket?",
    "write_question": "Write your question: it will be a new ticket.",
    "write_about": "The topic is “{topic}”. Write your question: it will be a new ticket.",
    "placed": "Added to ticket No. {number}.",
    "reopened_by_reply": "Ticket No. {number} is open again, your message was passed on.",
    "unsupported": (
        "Telegram does not let us pass on this kind of message. It is noted in the ticket;"
        " please tell us by text, photo, file or voice."
    ),
    "too_long": "The message is too long: at most 4096 characters. Please divide it.",
    "taken_back": "The message is taken back.",
    "not_taken_back": "This message cannot be taken back: it is not yours, or is in no ticket.",
    "take_back_how": "To take a message back, reply to it with /del.",
    # tickets
    "no_tickets": "You have no open tickets. Just write your question.",
    "your_tickets": Plural(
        one="You have {count} open ticket. New messages go to the one marked ✍.",
        other="You have {count} open tickets. New messages go to the one marked ✍.",
    ),
    "opened_at": "Opened:",
    "last_message_at": "Last message:",
    "closed_at": "Closed:",
    "is_open": "🟢 In progress",
    "your_rating": "Your rating:",
    "write_here": "✍ Write here",
    "talk": "💬 Messages",
    "back_to_ticket": "‹ To the ticket",
    "back_to_tickets": "‹ To my tickets",
    "chosen": "New messages go to ticket No. {number}.",
    "client_closed": "Ticket No. {number} is closed.",
    "client_reopened": "Ticket No. {number} is open again. Write what else you need.",
    # histories
    "closed_tickets": "Closed tickets, the newest first:",
    "no_history": "There are no closed tickets yet.",
    "nothing_said": "There is nothing more here.",
    "you": "You",
    "support": "Support",
    # ratings
    "rated": "Thank you for rating!",
    "stars_given": "Ticket No. {number}: {stars}\nThank you for rating!",
    "say_why": "What did you like, and what was missing? Tell us in reply to this message.",
    "say_why_here": "Your comment",
    "commented": "Thank you, we will pass it on!",
    "comment_in_words": "Please tell us in words.",
    # languages
    "choose_language": "Which language do you prefer? / На каком языке вам отвечать?",
    "language_chosen": "All right, English from now on.",
}
