"""What the staff reads in English: the threads of tickets, cards, the queue."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "manager_greeting": (
        "Hello {name}!\nAnswer clients where their ticket stands: in the comments under its post,"
        " in its topic, or in reply to its message. Clients do not see who answers."
    ),
    "manager_help": (
        "/queue — who is waiting\n/my — my open tickets\n/clients — all clients\n"
        "/find — find a client or a ticket\n/replies — canned replies\n"
        "/here, /break, /gone — I am here, on a break, gone\n/who — who is here now\n"
        "/language — language"
    ),
    "thread_help": (
        "In a ticket's discussion:\n// or /note — a note that the client does not see\n"
        "/claim, /close, /reopen — claim, close, reopen\n"
        "/transfer @colleague — hand it over\n/tag word, /untag word\n"
        "/priority urgent | high | normal | low\n/r code — a canned reply\n"
        "/del in reply to your answer — take it back from the client: Telegram does not tell bots"
        " about deleted messages"
    ),
    "stranger": (
        "You are not one of the staff. Ask an admin for an invitation;"
        " your Telegram id is {telegram_id}"
    ),
    "manager_hint": "Clients are answered in the ticket's discussion. What there is here: /help.",
    "queue_empty": "Nobody is waiting.",
    "queue_head": "Open tickets, urgent ones and those who wait longest first:",
    "nobody": "unclaimed",
    "answered": "answered",
    "waits_minutes": Plural(one="waits {count} minute", other="waits {count} minutes"),
    "waits_hours": Plural(one="waits {count} hour", other="waits {count} hours"),
    "waits_days": Plural(one="waits {count} day", other="waits {count} days"),
    "take": "✋ Claim",
    "my_head": "Your open tickets (⏰ — overdue):",
    "my_empty": "You have no open tickets. Who is waiting: /queue.",
    "won": "Ticket No. {number} is yours",
    "already_yours": "Ticket No. {number} is yours already",
    "lost": "Taken by {holder}",
    "closed": "Ticket No. {number} is closed",
    "opened_again": "Ticket No. {number} is open again",
    "noted": "📝 The note is kept; the client will not see it.",
    "ask_note": "reply to this message: your words become a note that the client does not see.",
    "placeholder_n": "A note for the staff",
    "held_by_other": "Not sent: somebody else holds ticket No. {number}. Kept as a note.",
    "kept_closed": "Not sent: ticket No. {number} is closed, /reopen it first. Kept as a note.",
    "kept_unclaimed": (
        "Not sent: nobody has claimed ticket No. {number}, /claim it first. Kept as a note."
    ),
    "kept_revealing": (
        "Not sent: this message tells who you are. Take out your name, login or phone and send it"
        " once more. Kept as a note."
    ),
    "comment_unsupported": (
        "Not sent: messages of this kind are not passed on to clients. Kept as a note."
    ),
    "comment_of_stranger": "This comment was not passed on: you are not one of the staff.",
    "comment_unplaced": (
        "Not sent: it is not clear which ticket this is about. Reply under the post of the ticket."
    ),
    "comment_anonymous": (
        "This comment was not passed on: nobody can see who wrote it."
        " Turn off Remain anonymous, or write under your own name."
    ),
    "edit_is_no_note": (
        "The client has received this message: it cannot become a note, and the edit was not passed"
        " on. To take the message back, reply to it with /del."
    ),
    "edit_stays_note": (
        "This is a note: the client does not see it, edited or not. To answer, write a new message."
    ),
    "edit_reveals": (
        "The edit was not passed on: it tells who you are. The client sees the text as it was;"
        " take out your name, login or phone."
    ),
    "unknown_command": "There is no such command; nothing was sent to the client. See /help.",
    "empty_note": "The note has no text.",
    "say_tag": "Write the tag after the command: /tag delivery",
    "tagged": "Tagged {tag}.",
    "untagged": "The tag {tag} is gone.",
    "say_priority": "Priority: /priority urgent, high, normal or low.",
    "prioritised": "Priority: {priority}.",
    "say_code": "Write the code of a canned reply: /r code. All of them: /replies in private.",
    "say_what_to_withdraw": "Reply with /del to the message of yours that you want to take back.",
    "withdrawn": "The message is taken back, from the client's chat too if Telegram lets us.",
    "say_colleague": "To whom? Write @login or a name: {names}",
    "given": "Handed over to {name}.",
}
