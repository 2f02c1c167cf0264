"""Everything that the bots say in English."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    # people's tickets
    "greeting": (
        "Hello {name}!\n"
        "Write your question in one message or several; a person will answer.\n\n"
        "/new — a new ticket\n/tickets — your tickets"
    ),
    "accepted": "Ticket No. {number} is accepted.",
    "accepted_topic": "Ticket No. {number} “{topic}” is open. Write your question.",
    "choose_topic": "What is your question about?",
    "write_question": "Write your question: it starts a new ticket or goes on in the open one.",
    "no_tickets": "You have no open tickets. Just write your question.",
    "your_tickets": "Your open tickets. New messages go to the one marked ✍.",
    "ticket_line": "No. {number} {topic}",
    "chosen": "New messages go to ticket No. {number}.",
    "client_closed": "Ticket No. {number} is closed.",
    "client_reopened": "Ticket No. {number} is open again. Write what else you need.",
    "rated": "Thank you for rating!",
    "unsupported": (
        "We cannot pass on this kind of message yet. It is kept;"
        " please tell us by text, photo, document or voice."
    ),
    "too_long": "The message is too long: at most 4096 characters. Please divide it.",
    # what the relay says
    "ticket": "Ticket No. {number}",
    "rate_please": "Ticket No. {number} is closed. Please rate the answer:",
    "reopened": "Ticket No. {number} is open again.",
    "transferred_to_you": "Ticket No. {number} was transferred to you.",
    "not_delivered": "⚠️ The answer was not delivered to the client: {reason}",
    "unsupported_in_thread": "⚠️ The client sent something that we do not pass on: {kind}",
    "standing_closed": "Closed",
    "standing_unclaimed": "Waiting for an answer",
    "standing_claimed": "{holder} answers",
    # buttons
    "claim": "✋ Claim",
    "close": "✔ Close",
    "reopen": "↩ Reopen",
    "close_number": "✖ Close No. {number}",
    # managers
    "manager_greeting": (
        "Hello {name}!\n"
        "Answer clients in the comments under the channel's posts.\n\n"
        "/queue — who is waiting\n/my — your tickets\n\n"
        "A comment that starts with // or /note stays among the staff."
    ),
    "stranger": (
        "You are not one of the staff. Ask an admin to add you; your Telegram id is {telegram_id}"
    ),
    "manager_hint": "Answer clients in comments under the channel's posts. Here: /queue, /my.",
    "queue_empty": "Nobody is waiting.",
    "queue_line": "No. {number} · {topic} · {client} · {minutes} min · {holder}",
    "queue_head": "Waiting for an answer:",
    "nobody": "unclaimed",
    "claim_number": "✋ No. {number}",
    "my_head": "Your open tickets:",
    "my_empty": "You have no open tickets.",
    "my_line": "No. {number} · {topic} · {client}",
    "ticket_seen": "No. {number} {topic}\nClient: {client}\n{standing}",
    "open_thread": "Open the discussion",
    "won": "Ticket No. {number} is yours",
    "already_yours": "Ticket No. {number} is yours already",
    "lost": "Taken by {holder}",
    "closed": "Ticket No. {number} is closed",
    "opened_again": "Ticket No. {number} is open again",
    "noted": "📝 The note is kept; the client will not see it.",
    "held_by_other": "Not sent: somebody else holds ticket No. {number}. Kept as a note.",
    "kept_closed": "Not sent: ticket No. {number} is closed. Kept as a note.",
    "comment_unsupported": "Not sent: this kind of message is not passed on to clients.",
    "comment_of_stranger": "This comment was not passed on: you are not one of the staff.",
    "comment_unplaced": (
        "Not sent: it is not clear which ticket this is about. Reply under the post of the ticket."
    ),
    "comment_anonymous": (
        "This comment was not passed on: nobody can see who wrote it."
        " Turn off Remain anonymous, or write under your own name."
    ),
    "unknown_command": "There is no such command; nothing was sent to the client.",
    "empty_note": "The note has no text.",
    # what goes wrong
    "outdated": "This button is outdated.",
    "broken": "Something broke; we are looking into it. Please try again a little later.",
    "refused": "This is not possible now.",
    "NotFound": "There is no such ticket.",
    "NotStaff": "You are not one of the staff.",
    "NotAllowed": "You have no right to do this.",
    "NotAManager": "You do not answer tickets.",
    "PersonHasLeft": "You are not one of the staff.",
    "TicketIsClosed": "The ticket is closed; reopen it first.",
    "TicketIsOpen": "The ticket is open already.",
    "TicketIsUnclaimed": "Nobody has claimed the ticket yet.",
    "TicketHeldByOther": "Somebody else holds the ticket.",
    "NothingToRate": "It is rated already, or open again.",
    "StarsOutOfRange": "A rating has one to five stars.",
    "ClientIsBlocked": "You cannot write to this desk.",
    "DeskIsStopped": "The desk takes no tickets now.",
    "DeskIsNotReady": "The desk takes no tickets now.",
    "BadText": "The message is too long, or has characters that cannot be shown.",
    "SomebodyWasQuicker": "Somebody was quicker. Please look again.",
}
