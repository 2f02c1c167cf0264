"""What refusals about deals and pipelines mean in English: up to 200 characters each."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "BadContact": "A contact has a name up to 200 characters and up to 10 international numbers.",
    "BadField": "A field has a key of Latin letters, digits and _, a label, and choices if wanted.",
    "BadLink": "A link leads from a stage of this pipeline into another one, and back to stages.",
    "BadName": "A name has up to 60 characters, and no two things of one kind have the same.",
    "BadOffering": "Not so: minutes are whole, up to a year; a fair window is up to 600 seconds.",
    "BadRate": "A batch moves 1 to 1000 deals a second.",
    "BadTemplate": "A card shows title, number and fields, but no phones and nothing private.",
    "BadValue": "Such a value does not fit.",
    "BatchIsOver": "This batch is completed already.",
    "DealExists": "There is such a deal already.",
    "DealHasMoved": "The deal is on another stage by now: look at it again.",
    "DealIsDeleted": "The deal was deleted, nothing can be done with it.",
    "DealIsNotYours": "This is the deal of a colleague: ask them or an admin.",
    "FieldsMissing": "Fill in the fields first.",
    "LostReasonNeeded": "Choose why the deal was lost.",
    "NoSuchColleague": "There is no such colleague, or several: write the @username.",
    "NoSuchField": "The pipeline has no such field.",
    "NoSuchStage": "The pipeline has no such stage.",
    "StageIsNeeded": "A pipeline keeps an open stage; a retired one leads to one that takes deals.",
    "StageIsRetired": "This stage takes no more deals: choose the one that followed it.",
    "TooManyContacts": "A deal has up to 20 contacts: take one away first.",
}
