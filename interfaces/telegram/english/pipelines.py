"""What owners read of pipelines and of how their deals are offered, in English."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "to_pipelines": "🧭 Pipelines and orders",
    "pipelines_head": "Pipelines. 🔎 is a stage whose deals executors see: press to change"
    " its rules.",
    "pipelines_none": "No pipelines yet. The ready one will do for a start: stages, fields and"
    " rules for orders are there, and everything can be changed later.",
    "ready_pipeline": "➕ Ready pipeline",
    "ready_pipeline_name": "Orders",
    "stage_new": "New",
    "stage_search": "Looking for an executor",
    "stage_work": "In work",
    "stage_won": "Won",
    "stage_lost": "Lost",
    "field_work": "Work",
    "field_address": "Address",
    "field_pay": "Pay",
    "field_due": "Due",
    "reason_price": "Too expensive",
    "reason_changed": "Changed their mind",
    "reason_nobody": "No executor",
    "offering_head": "“{stage}”: how orders reach executors. Press to change; changes hold for new"
    " orders.",
    "offering_window": "Fair window, seconds: {told}",
    "offering_at_once": "Orders at once: {told}",
    "offering_reveals": "Phones an hour: {told}",
    "offering_cool_down": "Pause after giving back: {told}",
    "offering_expires": "Taken down after: {told}",
    "offering_ladder": "While nobody claims: {told}",
    "offering_tells_winner": "Say who has it: {told}",
    "offering_allow_listed": "Only from the list: {told}",
    "step_repeat": "repeat",
    "step_manager": "tell the manager",
    "step_chat": "another chat",
    "yes": "yes",
    "no": "no",
    "unlimited": "any number",
}
