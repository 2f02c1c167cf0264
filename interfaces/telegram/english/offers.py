"""What executors read of offers, in English: the card, answers to presses, letters."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    # the card
    "offer": "Order No. {number}",
    "get_phone": "📞 Get the client's phone number",
    "claim_offer": "✋ Take the order",
    "offer_claimed": "✅ {name} has taken the order",
    "offer_claimed_by_somebody": "✅ The order has found its executor",
    "offer_contested": "⏳ Somebody has pressed, it is decided at {at}",
    "offer_withdrawn": "The order was withdrawn",
    "offer_expired": "Time is up",
    "offer_given_back": "The order came back, see the new post",
    "offer_revoked": "The order came back, see the new post",
    # in reply to it
    "order_taken": "✅ {name} has taken order No. {number}",
    "order_taken_by_somebody": "✅ Order No. {number} has found its executor",
    # how a press ended
    "claim_won": "The order is yours! The details are in your private messages.",
    "claim_repeated": "This order is yours already: /orders in private messages.",
    "claim_waiting": Plural(
        one="You are on the list, it is decided in {count} second.",
        other="You are on the list, it is decided in {count} seconds.",
    ),
    "claim_taken_by": "{name} has taken the order already.",
    "claim_taken": "This order is taken already.",
    "claim_waited_less": "The order went to whoever had waited longest for one.",
    "claim_withdrawn": "The order was withdrawn: nobody is looked for any more.",
    "claim_expired": "Time is up: this order is not given any more.",
    "claim_given_back": "The order came back, and this post is outdated: see the new one.",
    "claim_not_member": "Orders are for members of the chat. Come back to it and press again.",
    "claim_barred": "The company has closed its orders to you. Ask its representative why.",
    "claim_not_allowed": "Orders here are for executors on the company's list. Ask to be on it.",
    "claim_lacks_skill": (
        "This order needs a skill that the company does not know of you. Ask to have it noted."
    ),
    "claim_too_many": "You have as many orders as you may at once. Finish one of them first.",
    "claim_cooling_down": "You gave an order back lately. You may take another a little later.",
    "claim_too_many_phones": "You have got as many numbers as you may in an hour. Press later.",
    "claim_no_phone": "There is no phone of the client in this order. Ask the company.",
    "limit_too_many": Plural(
        one="Only {count} order may be yours at once. Finish it first.",
        other="Only {count} orders may be yours at once. Finish one of them first.",
    ),
    "limit_cooling_down": Plural(
        one="After giving an order back you may take the next one {count} minute later.",
        other="After giving an order back you may take the next one {count} minutes later.",
    ),
    "limit_too_many_phones": Plural(
        one="You may get only {count} number an hour. Press later.",
        other="You may get only {count} numbers an hour. Press later.",
    ),
    "contact_sent": "The number is in your private messages.",
    "press_again": "The answer is late. Press again.",
    # in private
    "contact_told": "📞 Order No. {number}: whom to call",
    "contact_advice": "Agreed? Take the order in the chat before somebody else does.",
    "order_won": "🎉 Order No. {number} is yours!",
    "order_advice": "It does not work out? Give the order back, and somebody else will take it.",
    "no_phone": "no phone, ask the company",
    "order_went_to": "{name} has taken it.",
    "order_revoked": "The company gives order No. {number} to another executor.",
}
