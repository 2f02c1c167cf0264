"""What the staff reads in English in the private chat with the manager bot."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "go_back": "« Back",
    "cancel": "Cancel",
    "no_such_ticket": "There is no such ticket.",
    "open_thread": "💬 Discussion",
    "to_history": "📜 Correspondence",
    "to_client": "👤 Client",
    "to_their_tickets": "Tickets of the client",
    "ticket_client": "Client: {client}",
    "ticket_opened": "Opened {at}",
    "ticket_closed": "Closed {at}",
    "ticket_held": "{holder} · {waits}",
    "client_is_blocked": "🚫 blocked",
    "client_is_unreachable": "⚠️ gets no messages: has stopped the bot or deleted the account",
    "do_close": "✔ Close",
    "do_reopen": "↩ Reopen",
    "do_release": "🔓 Back to the queue",
    "released": "Ticket No. {number} is in the queue again",
    "do_transfer": "➡ Hand over",
    "do_answer": "⚡ Canned reply",
    "do_note": "📝 Note",
    "do_tags": "🏷 Tags",
    "do_tag": "➕ Tag",
    "do_priority": "❗ Priority",
    "priority_urgent": "🔴 urgent",
    "priority_high": "🟠 high",
    "priority_normal": "normal",
    "priority_low": "⚪ low",
    "choose_priority": "Which priority has the ticket?",
    "ticket_tags": "Tags of ticket No. {number}; press one to remove it:",
    "ticket_no_tags": "Ticket No. {number} has no tags.",
    "ask_tag": "Which tag? One word or several, up to 40 characters.",
    "placeholder_g": "Tag",
    "history_empty": "Nothing has been said yet.",
    "was_edited": "edited",
    "was_not_delivered": "not delivered",
    "no_colleagues": "There is nobody else yet who answers clients.",
    "choose_colleague": "To whom? 🟢 here, 🟡 on a break, ⚫ gone; the number is of open tickets.",
    "give_to": "Hand the ticket over to {name}?",
    "do_give": "➡ Hand over",
    "do_give_why": "Hand over with a word",
    "ask_why": "What should {name} know? The client will not see it.",
    "placeholder_xw": "A word to your colleague",
    "no_clients": "There are no clients yet.",
    "clients_head": "Clients, the newest first; the number is of open tickets. Search: /find.",
    "ask_search": "Whom to find? A name, @login, Telegram id or the number of a ticket.",
    "placeholder_f": "Name, @login, id or number",
    "nothing_found": "Nothing found for “{text}”.",
    "found_head": "Clients found for “{text}”:",
    "found_more": "There are more; say it more exactly.",
    "no_such_client": "There is no such client.",
    "client_id": "Telegram id: {id}",
    "client_since": "With us since {at}",
    "client_tickets": Plural(
        one="{count} ticket, open: {open}", other="{count} tickets, open: {open}"
    ),
    "blocked_since": "🚫 Blocked {at}. Reason: {reason}",
    "their_tickets": "Tickets of the client, the newest first:",
    "their_no_tickets": "The client has had no tickets yet.",
    "do_block": "🚫 Block",
    "do_unblock": "✅ Unblock",
    "block_sure": "Block? The client will not be able to write, and will be told so.",
    "do_block_now": "🚫 Block",
    "do_block_why": "Block with a reason",
    "ask_block_why": "For what reason? Only the staff will see it.",
    "placeholder_bw": "Reason",
    "was_blocked": "The client is blocked",
    "was_unblocked": "The client can write again",
    "replies_head": "Canned replies. In a discussion: /r code.",
    "replies_empty": "There are no canned replies yet. To write one: /replies.",
    "do_add_reply": "➕ Add",
    "to_replies": "All canned replies",
    "ask_reply": (
        "Send the canned reply: its code is the first word, the text follows."
        " {{client}} and {{number}} become the client's name and the ticket's number.\n\n"
        "At the end you may list what is done after it is sent, a line each:\n"
        "+close\n+tag delivery\n+priority high\n\n"
        "A reply with a known code takes the place of the old one."
    ),
    "placeholder_ra": "code and text of the reply",
    "bad_act": "Not saved: after + only “close”, “tag …” and “priority …” are understood.",
    "reply_saved": "The canned reply “{code}” is saved.",
    "reply_removed": "The canned reply “{code}” is removed.",
    "do_remove_reply": "🗑 Remove",
    "act_close": "↳ then the ticket is closed",
    "act_tag": "↳ then it is tagged {tag}",
    "act_priority": "↳ then its priority is: {priority}",
    "choose_reply": "Which reply shall the client get?",
    "reply_sent": "Sent to the client, ticket No. {number}:",
    "stated_here": "🟢 You are here: new tickets may come to you.",
    "stated_break": "🟡 You are on a break: new tickets go to others. When you are back: /here.",
    "stated_gone": "⚫ You are gone: new tickets go to others. When you are back: /here.",
    "who_head": "Who answers clients:",
    "who_here": Plural(
        one="{sign} {name} — here, {count} ticket", other="{sign} {name} — here, {count} tickets"
    ),
    "who_break": Plural(
        one="{sign} {name} — on a break, {count} ticket",
        other="{sign} {name} — on a break, {count} tickets",
    ),
    "who_gone": Plural(
        one="{sign} {name} — gone, {count} ticket", other="{sign} {name} — gone, {count} tickets"
    ),
    "invitation_is_over": "The invitation was used, taken back or is too old. Ask for a new one.",
    "already_staff": "You are one of the staff already. What you can do: /help.",
    "welcome_to_staff": (
        "Welcome to {company}, {name}!\n\n"
        "1. Join the channel or group of the tickets, if you are not there yet.\n"
        "2. Press “✋ Claim” on the card of a ticket, or just answer in its discussion.\n"
        "3. The client sees the answer without your name.\n\n"
        "Who is waiting: /queue, everything else: /help."
    ),
    "pick_chat": "Where shall tickets stand? Choose a chat; the bot becomes an admin there itself.",
    "pick_channel": "📣 Channel with comments",
    "pick_forum": "🗂 Group with topics",
    "pick_group": "👥 Plain group",
    "linked": "Tickets will stand here: {title}.",
    "check_again": "🔄 Check again",
    "add_to_group": "➕ Add @{bot} to the group",
    "desk_is_ready": "✅ Everything is there, the desk is running.",
    "desk_can_start": "✅ Everything is there. The desk can be started in the settings bot.",
    "desk_lacks": Plural(one="One thing is missing:", other="{count} things are missing:"),
}
