"""What the relay says in English, to clients and to the staff."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    # to the client
    "ticket": "Ticket No. {number}",
    "rate_please": "Ticket No. {number} is closed. {ask}",
    "rate_ask": "Please rate the answer:",
    "reopened": "Ticket No. {number} is open again.",
    "out_of_hours": "Thank you, we have your message. We are closed now.",
    "opening": "We will answer when we open: {day}, {at}.",
    "day_0": "Monday",
    "day_1": "Tuesday",
    "day_2": "Wednesday",
    "day_3": "Thursday",
    "day_4": "Friday",
    "day_5": "Saturday",
    "day_6": "Sunday",
    # in the thread
    "card_client": "Client: {client}",
    "client_blocked": "⛔ The client is blocked",
    "client_unreachable": "📵 The client has stopped the bot",
    "client_is_out_of_reach": (
        "📵 The client has stopped the bot: answers will not arrive until they come back."
    ),
    "client_is_back": "📱 The client is back.",
    "rating_comment": "{stars} The client about the rating: “{comment}”",
    "answer_shown": "Answer to the client · {holder}",
    "some_file": "a file",
    "not_delivered": "⚠️ The answer was not delivered to the client: {reason}",
    "failure_blocked": "the client has stopped the bot.",
    "failure_deactivated": "the client's account is deleted.",
    "failure_file_too_big": (
        "the file is larger than 20 MB, so that its author's data cannot be removed."
        " Compress it or send a link."
    ),
    "failure_file_not_cleanable": (
        "the author's data cannot be removed from the file (it is encrypted or damaged)."
        " Save it anew and send it again."
    ),
    "failure_file_gone": "the file is no longer in Telegram. Send it again.",
    "unsupported_in_thread": "⚠️ The client sent something that we do not pass on: {kind}",
    "standing_closed": "Closed",
    "standing_unclaimed": "Waiting for an answer",
    "standing_claimed": "{holder} answers",
    # to one manager, to the owners
    "transferred_to_you": "Ticket No. {number} was transferred to you · {topic} · {client}",
    "because": "Reason: {reason}",
    "open_ticket": "Open",
    "desk_is_broken": "⚠️ {name}: the desk does not work as it should.",
    "desk_is_whole": "✅ {name}: everything is all right again.",
    # buttons
    "claim": "✋ Claim",
    "close": "✔ Close",
    "reopen": "↩ Reopen",
    "transfer": "➡ Transfer",
    "reply": "⚡ Replies",
    "note": "📝 Note",
    "block": "⛔ Block",
}
