"""How bots present themselves in English: commands and descriptions."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "profile_client_about": "Write your question: a real person will answer.",
    "profile_client_description": (
        "Real people answer here.\n\n"
        "Press Start, choose a topic and write your question: as text, a photo, a document or a"
        " voice message. You get a ticket number, and the answer comes into this chat."
    ),
    "profile_manager_about": "Where the support team works.",
    "profile_manager_description": (
        "For the support team.\n\n"
        "This bot posts clients' tickets to the channel and passes your comments on to clients"
        " without your name. Here are the queue, your tickets, the clients and canned replies."
    ),
    "profile_executor_about": "Orders for executors.",
    "profile_executor_description": (
        "For executors.\n\n"
        "Orders appear in your common chat. Press Start to get clients' numbers here and to see"
        " your orders."
    ),
    "profile_settings_about": "Sets up and runs a support desk in Telegram.",
    "profile_settings_description": (
        "A company's support desk in Telegram.\n\n"
        "You need two bots of @BotFather and a channel with comments: this bot takes you through"
        " the steps, says what is missing, and opens the desk. Begin with the Start button."
    ),
    "command_new": "New ticket",
    "command_tickets": "My open tickets",
    "command_history": "Earlier tickets",
    "command_language": "Language / Язык",
    "command_help": "What this bot can do",
    "command_queue": "Who is waiting for an answer",
    "command_my": "My open tickets",
    "command_clients": "All clients",
    "command_find": "Find a client or a ticket",
    "command_replies": "Canned replies",
    "command_deals": "My deals",
    "command_newdeal": "A new deal",
    "command_board": "Deals by stage",
    "command_here": "I am here",
    "command_break": "I am on a break",
    "command_gone": "I am gone",
    "command_start": "Where to begin",
    "command_orders": "My orders",
    "command_phone": "Share my number",
    "command_desks": "My support desks",
}
