"""What executors read, in English: in their chats and in private."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "executors_chat_linked": "Orders appear in this chat from now on.",
    "executors_chat_not_allowed": (
        "No orders will appear here: an owner or admin of the company has to add the bot."
        " The link for this is in the settings bot."
    ),
    "executor_greeting": "Hello, {name}! These are the orders of {company}.",
    "executor_help": (
        "Orders appear in the chat. Each has two buttons:\n"
        "📞 the client's number comes here, to settle the details before you agree;\n"
        "✋ whoever presses first has the order. To press is to agree to do it.\n\n"
        "/orders — my orders, where they can be given back, too\n"
        "/phone — send the company your number\n"
        "/language — language"
    ),
    "executor_hint": "Orders are in the chat, yours are in /orders. What else there is: /help.",
    # orders
    "no_orders": "You have no orders now. New ones appear in the chat.",
    "your_orders": "Your orders:",
    "no_such_order": "You do not have this order any more.",
    "back_to_orders": "« All orders",
    "give_back": "↩ Give the order back",
    "give_back_sure": (
        "Give order No. {number} back? It returns to the chat for somebody else. Why do you?"
    ),
    "why_0": "I have no time for it",
    "why_1": "I did not agree with the client",
    "why_2": "Another reason",
    "keep_order": "« Keep the order",
    "gave_back": "Order No. {number} is back in the chat.",
    # phones
    "ask_phone": "Press the button below, and the company will know your number.",
    "share_phone": "📱 Send my number",
    "phone_kept": "Thank you, your number is noted: {phone}.",
    "phone_of_another": "This is not your number. Send your own with the button: /phone.",
}
