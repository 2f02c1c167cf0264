"""What the staff is told of deals, in English."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "deal": "No. {number} “{title}”",
    "open_deal": "Open the deal",
    "executor_found": "✅ An executor has taken the order of deal {deal}:",
    "order_pending": (
        "⚠️ There is an executor, but deal {deal} stands where it was: it lacks {missing}."
        " Fill that in, and it moves by itself."
    ),
    "order_returned": "↩ {executor} gives back the order of deal {deal}. It is offered again.",
    "offer_ignored": Plural(
        one="⏰ Nobody has taken the order of deal {deal} for {count} minute.",
        other="⏰ Nobody has taken the order of deal {deal} for {count} minutes.",
    ),
    "offer_over": "It is offered no longer: decide what comes next.",
    "offer_unplaced": (
        "⚠️ Deal {deal} looks for an executor, but there is no executors' chat to show it in."
        " An owner can add bot and chat in the settings bot."
    ),
    "deal_given": "Deal {deal} is yours now.",
    "deal_given_by": "{by} hands deal {deal} over to you.",
    "slot_given": "The slot “{slot}” is yours now: its deals and notices come to you.",
    "deal_followed": (
        "Linked deal {linked}: “{outcome}”. That is why deal {deal} is on the stage “{stage}” now."
        " It is time to tell the client."
    ),
    "outcome_held": (
        "⚠️ Linked deal {linked}: “{outcome}”. Deal {deal} should go on, but lacks {missing}."
        " Fill that in, and it moves by itself."
    ),
    "outcome_too_late": (
        "Linked deal {linked}: “{outcome}”. Deal {deal} is over already and stays as it was."
        " Decide what to tell the client."
    ),
    "link_failed": (
        "⚠️ Deal {deal} has no deal in the pipeline “{pipeline}”: it lacks {missing}."
        " Fill that in, and it appears by itself."
    ),
    "batch_done": Plural(
        one="The stage “{stage}” is empty: {count} deal was moved.",
        other="The stage “{stage}” is empty: {count} deals were moved.",
    ),
    "batch_skipped": Plural(
        one="{count} deal stays: it lacks fields that the new stage wants.",
        other="{count} deals stay: they lack fields that the new stage wants.",
    ),
}
