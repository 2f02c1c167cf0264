"""What owners read in the settings bot, in English: companies, bots, people, tickets."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "owner_greeting": (
        "Hello {name}! I help you open a support desk in Telegram. It takes about ten minutes,"
        " step by step:\n\n"
        "1. a bot that clients write to\n"
        "2. a bot that your staff works with\n"
        "3. a channel where the whole staff sees the tickets\n\n"
        "Let us begin. What is your company called?"
    ),
    "owner_help": (
        "Here support desks are opened and set up: bots, channel, staff, hours, topics and texts."
        " Everything is done with buttons; questions are answered by an ordinary message.\n\n"
        "/start — to your desk\n/desks — all your companies\n/language — language"
    ),
    "owner_hint": "Choose by a button. /start — to your desk, /help — what I can do.",
    "owner_NotStaff": "You have no access to this company. /desks — your companies.",
    "owner_NotAllowed": "You may not do that. /desks — your companies.",
    "owner_BadToken": (
        "Telegram knows no such token. Copy it from @BotFather once more, the whole of it,"
        " and send it here."
    ),
    "owner_BotIsTaken": (
        "This bot works for another company already. Make a new one with @BotFather (/newbot)"
        " and send its token."
    ),
    "owner_BotHasOtherRole": (
        "This bot already works for you in another role. Each role needs a bot of its own: make"
        " one more with @BotFather (/newbot) and send its token."
    ),
    "owner_BotWorksAlready": (
        "This bot already works for you in another role. Each role needs a bot of its own: make"
        " one more with @BotFather (/newbot) and send its token."
    ),
    "owner_BotRoleIsTaken": (
        "This is another bot's token, and the place is taken. Send a new token of the same bot,"
        " or disconnect that one first: /start → Bots."
    ),
    "owner_DeskIsNotReady": "It cannot start yet: something is missing. Press Check again.",
    "owner_TooManyWorkspaces": "You cannot open more companies. /desks — your companies.",
    "owner_BadText": "Too long, or there are signs that cannot be shown. Try it another way.",
    "owner_BadSetting": "This value cannot be used. Try another one.",
    "owner_BadHours": "These hours cannot be used. Try it another way.",
    "owner_NotFound": "This is no longer there. Look again.",
    "owner_InvitationIsOver": "This invitation is no longer valid.",
    "text_wanted": "Please send it as text.",
    "saved": "Saved",
    "back": "‹ Back",
    # companies
    "ask_company": "What is the company called?",
    "placeholder_company": "Name of the company",
    "company_name_wrong": "A name is one line, up to 100 signs. What is the company called?",
    "founded": "🎉 “{name}” is there. A few steps are left.",
    "found": "➕ New company",
    "desks_head": "Your companies:",
    "desks_none": "No companies yet. Make the first one.",
    "desk_line_running": "▶️ {name}",
    "desk_line_stopped": "⏹ {name}",
    # home
    "home_head": "🏢 {name}",
    "home_broken": "⚠️ To be mended:",
    "desk_running": "▶️ The desk works and takes tickets.",
    "desk_broken": "⚠️ The desk is started, but not everything works.",
    "desk_ready": "✔️ Everything is there. Press Start.",
    "desk_unready": "🔧 Not ready yet: do the steps without a tick.",
    "step_client_bot": "Client bot — needs a token",
    "step_manager_bot": "Staff bot — needs a token",
    "step_executor_bot": "Executors' bot — not connected (not everybody needs it)",
    "step_place_later": "Channel — after the staff bot",
    "step_place": "Channel with discussion — chosen in the staff bot",
    "step_place_broken": "The place for tickets is chosen, but not everything works (see below)",
    "step_staff": "Staff — only you so far (you can invite later)",
    "done_client_bot": "Client bot — @{username}",
    "done_manager_bot": "Staff bot — @{username}",
    "done_executor_bot": "Executors' bot — @{username}",
    "done_channel": "Channel with discussion — connected",
    "done_forum": "Group with topics — connected",
    "done_group": "Group — connected",
    "done_staff": Plural(one="Staff — {count} person", other="Staff — {count} people"),
    "mend_client_bot": "Connect the client bot",
    "mend_manager_bot": "Connect the staff bot",
    "mend_executor_bot": "➕ Executors' bot",
    "mend_executors_chat": "➕ Executors' chat",
    "mend_place": "Choose the channel in the staff bot",
    "mend_staff": "Invite the staff",
    "desk_start": "▶️ Start",
    "desk_stop": "⏹ Stop",
    "check": "🔄 Check again",
    "checked_well": "Everything is fine",
    "checked_lacks": Plural(one="{count} thing is missing", other="{count} things are missing"),
    "started": (
        "🎉 The desk works!\n\n"
        "Try it: open @{username} and ask something, as a client would. The ticket comes"
        " before the staff; claim it by its button and answer right there.\n\n"
        "Give your clients the link https://t.me/{username}"
    ),
    "try_it": "Write as a client",
    "desk_stopping": (
        "Stop the desk? No new tickets will be taken, and clients will read that it does not work."
        " Open tickets stay."
    ),
    "stop_surely": "⏹ Yes, stop",
    "desk_stopped": "The desk is stopped",
    "to_home": "🏢 To the desk",
    "to_desks": "🏢 My companies",
    "to_language": "🌐 Язык / Language",
    "to_settings": "⚙️ Settings",
    "to_members": "👥 Staff",
    "to_tickets": "🎫 Tickets",
    "to_executors": "📣 Executors' chats",
    "to_bots": "🤖 Bots",
    # bots
    "bots_head": "The company's bots. Tokens are kept sealed and cannot be shown.",
    "ask_client_token": (
        "The bot for clients. Open @BotFather, send /newbot, think of a name and an address.\n"
        "It answers with a token: send it here; I delete it from the chat at once."
    ),
    "ask_manager_token": (
        "The bot for the staff. Open @BotFather, send /newbot: this is a second, separate bot.\n"
        "It answers with a token: send it here; I delete it from the chat at once."
    ),
    "ask_executor_token": (
        "The bot for executors shows orders in their chat. Open @BotFather, send /newbot: this is"
        " one more, separate bot.\n"
        "It answers with a token: send it here; I delete it from the chat at once."
    ),
    "ask_new_token": (
        "A new token of @{username}: send /revoke to @BotFather and choose this bot.\n"
        "It answers with a token: send it here; I delete it from the chat at once."
    ),
    "placeholder_token": "123456789:AA…",
    "token_wanted": (
        "This is no token. A token looks like 123456789:AAH… — digits, a colon and 35 signs."
        " Copy it from the answer of @BotFather."
    ),
    "token_unasked": (
        "This looks like a bot's token, so I deleted your message. To connect the bot, press"
        " Connect… (/start) and send the token again."
    ),
    "delete_the_token": "This message could not be deleted. Please do it: a token is in it.",
    "bot_connected": "✅ @{username} is connected.",
    "renew_token": "🔑 New token of @{username}",
    "disconnect": "✖ Disconnect @{username}",
    "disconnecting": (
        "Disconnect @{username}? The desk stops: it does not work without this bot."
        " Tickets and settings stay."
    ),
    "disconnecting_executor": (
        "Disconnect @{username}? Executors are shown no more orders. Tickets are taken as before."
    ),
    "disconnect_surely": "✖ Yes, disconnect",
    "disconnected": "@{username} is disconnected",
    # executors
    "executors_head": (
        "Here @{username} shows orders. To add a chat, press the button and choose a group: the bot"
        " has to be an administrator only where members may not write."
    ),
    "unlink_chat": "✖ {title}",
    "chat_unlinked": "No more orders in {title}",
    # people
    "members_head": Plural(one="{count} person works here:", other="{count} people work here:"),
    "member_line": Plural(
        one="• {name} — {roles} · {presence} · {count} ticket",
        other="• {name} — {roles} · {presence} · {count} tickets",
    ),
    "role_owner": "owner",
    "role_admin": "admin",
    "role_manager": "manager",
    "member_here": "here",
    "member_break": "on a break",
    "member_gone": "gone",
    "last_role": "One role at least has to stay. To let somebody go, press Remove.",
    "remove_member": "✖ Remove from the staff",
    "removing_member": Plural(
        one="Remove {name}? Their {count} open ticket goes back to the queue for the others.",
        other="Remove {name}? Their {count} open tickets go back to the queue for the others.",
    ),
    "remove_surely": "✖ Yes, remove",
    "member_removed": "{name} no longer works here",
    "invite_manager": "➕ Manager",
    "invite_admin": "➕ Admin",
    "invite_later": "Invitations are opened by the staff bot. Connect it first.",
    "invited": Plural(
        one="A link for one person ({role}), valid for {count} hour:\n\n{link}",
        other="A link for one person ({role}), valid for {count} hours:\n\n{link}",
    ),
    "invited_then": (
        "Then add this person to the channel or group of tickets: the link does not do it."
    ),
    "invitation_words": "An invitation to the support desk of “{company}”",
    "share": "↗ Send",
    "to_invitations": "✉️ Valid invitations",
    "invitations_head": "These links still let somebody in. Press one to take it back.",
    "invitations_none": "There are no valid invitations.",
    "revoke": "✖ {roles}, until {at} UTC",
    "revoked": "The invitation is taken back",
    # tickets
    "tickets_head": "Who holds how many open tickets. Choose whose to hand over.",
    "tickets_none": "Nobody holds an open ticket.",
    "holder": "{name} · {count}",
    "held_line": "No. {number} · {topic} · {client}",
    "hand_over": "↪ No. {number} {topic}",
    "hand_all_over": "↪ Hand over all",
    "hand_over_head": "Who gets ticket No. {number} ({topic})?",
    "hand_all_over_head": Plural(
        one="Who gets the {count} ticket that {name} holds?",
        other="Who gets the {count} tickets that {name} holds?",
    ),
    "nobody_else": "There is nobody to hand over to: no other managers.",
    "handed_over": "Ticket No. {number} is handed over to {name}.",
    "handing_over": "Handing over: {done} of {all}…",
    "all_handed_over": Plural(
        one="{count} ticket handed over: {name} → {to}.",
        other="{count} tickets handed over: {name} → {to}.",
    ),
    "not_handed_over": "Not handed over: {count} (closed, or somebody else's by now).",
}
