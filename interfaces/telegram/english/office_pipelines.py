"""What the staff reads in English of slots, batches, imports and the history of deals."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "happened_Opened": "Opened: {text}",
    "happened_Renamed": "Called {text} now",
    "happened_FieldsChanged": "Fields changed",
    "happened_MovedToStage": "{begin} → {end}",
    "happened_Won": "✅ Won",
    "happened_Lost": "❌ Lost {text}",
    "happened_Resumed": "Goes on again",
    "happened_ContactLinked": "Contact added: {contact}",
    "happened_ContactUnlinked": "Contact removed: {contact}",
    "happened_ResponsibleChanged": "Slot: {slot}",
    "happened_ExecutorFound": "Executor: {text}",
    "happened_ExecutorLeft": "The executor does it no longer. {text}",
    "happened_CommentAdded": "💬 {text}",
    "happened_Linked": "🔗 A linked deal was made: {deal}",
    "happened_LinkFailed": "⚠️ No linked deal was made, it would lack: {text}",
    "happened_OutcomeHeld": "⚠️ The outcome of linked deal {deal} was not applied. {text}",
    "happened_Deleted": "🗑 Deleted",
    "happened_Other": "Changed",
    "slots_head": "Slots: who answers for which deals. Press to change the person:",
    "no_slots": "There are no slots yet: the first comes with the first deal.",
    "slot_held": Plural(
        one="{name} since {at}, {count} open deal", other="{name} since {at}, {count} open deals"
    ),
    "choose_seat": "Slot “{slot}”, now {name}. Who answers from now on? All deals follow at once.",
    "slot_bound": "{name} answers now",
    "do_add_slot": "➕ Slot",
    "do_rename_slot": "✏ Rename",
    "choose_holder": "Who will answer for the deals of the new slot?",
    "ask_slot_name": "What is the slot called? Up to 60 characters.",
    "placeholder_sn": "Name of the slot",
    "placeholder_sr": "Name of the slot",
    "slot_opened": "Slot “{name}” is open.",
    "batches_head": "Deals on their way from retired stages, the newest batch first:",
    "no_batches": "There have been no batches.",
    "batch_named": "{pipeline}: {begin} → {end}",
    "batch_running": "▶ running, {left} left",
    "batch_paused": "⏸ paused, {left} left",
    "batch_completed": "✔ completed, {moved} moved",
    "batch_left_out": Plural(
        one="⚠️ {count} deal stayed: it lacks fields",
        other="⚠️ {count} deals stayed: they lack fields",
    ),
    "do_pause_batch": "⏸ Pause",
    "do_resume_batch": "▶ Resume",
    "batch_waits": "The batch is paused",
    "batch_goes_on": "The batch goes on",
    "look_again": "🔄 Look again",
    "import_help": (
        "Send a CSV or XLSX table here: up to {rows} rows, the first one names the columns."
        " Before anything is loaded you see what is understood and what is wrong.\n\n"
        "Columns: Title, Stage, Responsible, Contact, Phone, Email and the fields of the pipeline."
    ),
    "do_template": "📄 Template: {pipeline}",
    "choose_import_pipeline": "Into which pipeline?",
    "table_too_long": "Up to {rows} rows are loaded from here; more by ledgerdesk import.",
    "unreadable_SheetTooLarge": "The table has more than 5 MB: divide it into several.",
    "unreadable_TooManyRows": "The table has more than 20,000 rows: divide it into several.",
    "unreadable_TooManyColumns": "The table has more than 100 columns: remove some.",
    "unreadable_NotASheet": "This is neither a CSV file nor a whole XLSX file.",
    "unreadable_OldSheet": (
        "Old Excel files and files with a password cannot be read: save the table as XLSX."
    ),
    "unreadable_EmptySheet": "There is nothing below the first line, which names the columns.",
    "unreadable_NoTitle": "The first line names the columns, and one of them must be: Title.",
    "unreadable_DoubledColumn": "These columns say the same, leave one: {named}",
    "table_gone": "The table under which this button stood is gone. Send it once more.",
    "table_rows": Plural(one="{pipeline}: {count} row", other="{pipeline}: {count} rows"),
    "table_columns": "Columns: {names}",
    "table_unknown": "⚠️ Not understood, will not be loaded: {names}",
    "table_wrong": Plural(one="⚠️ {count} row with an error:", other="⚠️ {count} rows with errors:"),
    "table_row": "Row {row}: {why}",
    "table_more": "and {count} more",
    "do_load": Plural(one="⬇ Load {count} deal", other="⬇ Load {count} deals"),
    "table_is_read": "Reading the table",
    "table_loaded": Plural(one="✔ {count} deal loaded.", other="✔ {count} deals loaded."),
}
