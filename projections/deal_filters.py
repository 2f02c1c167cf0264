"""Filters of deals: which deals a list is of, and the statements that find them quickly."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, LiteralString, NamedTuple
from uuid import UUID

from projections import phones, words


class Wanted(NamedTuple):
    """Which deals a list is of: all that each of these allows; None: whatever it is.

    `person_id` sits in the deal's slot; `unassigned` deals belong to no slot; `viewer_id` sees the
    deals of their own slots and the unassigned ones. A `phone` is of a contact or stands in a
    field, however it is written, or its last digits. `text` finds beginnings of words in title,
    number, fields and names of contacts. Times: from and with the first, up to and without the
    second.
    """

    pipeline_id: UUID | None = None
    stage_id: UUID | None = None
    kind: str | None = None
    slot_ids: Sequence[UUID] | None = None
    person_id: UUID | None = None
    unassigned: bool | None = None
    viewer_id: UUID | None = None
    executor_id: UUID | None = None
    contact_id: UUID | None = None
    phone: str | None = None
    text: str | None = None
    opened_from: datetime | None = None
    opened_to: datetime | None = None
    moved_from: datetime | None = None
    moved_to: datetime | None = None


ALL: Final = Wanted()
ROWS: Final[LiteralString] = (
    "SELECT * FROM read.deals WHERE workspace_id = %(workspace_id)s AND NOT deleted"
)
NEWEST: Final[LiteralString] = " ORDER BY number DESC"
CONDITIONS: Final[Mapping[str, LiteralString]] = {
    "pipeline_id": " AND pipeline_id = %(pipeline_id)s",
    "stage_id": " AND stage_id = %(stage_id)s",
    "kind": " AND kind = %(kind)s",
    "slot_ids": " AND slot_id = ANY(%(slot_ids)s)",
    "person_id": """ AND slot_id = ANY(ARRAY(
        SELECT slot_id FROM read.deal_slots
         WHERE workspace_id = %(workspace_id)s AND person_id = %(person_id)s))""",
    "unassigned": " AND (slot_id IS NULL) = %(unassigned)s",
    "viewer_id": """ AND (slot_id IS NULL OR slot_id = ANY(ARRAY(
        SELECT slot_id FROM read.deal_slots
         WHERE workspace_id = %(workspace_id)s AND person_id = %(viewer_id)s)))""",
    "executor_id": " AND executor_id = %(executor_id)s",
    "contact_id": """ AND deal_id = ANY(ARRAY(
        SELECT jsonb_array_elements_text(deals)::uuid FROM read.deal_contacts
         WHERE workspace_id = %(workspace_id)s AND contact_id = %(contact_id)s))""",
    "phone": """ AND deal_id = ANY(ARRAY(
        SELECT coalesce(d.id::uuid, p.owner_id)
          FROM read.deal_phones p
          LEFT JOIN read.deal_contacts c
                 ON c.workspace_id = p.workspace_id AND c.contact_id = p.owner_id
          LEFT JOIN LATERAL jsonb_array_elements_text(c.deals) d (id) ON true
         WHERE p.workspace_id = %(workspace_id)s
           AND p.backwards BETWEEN %(phone)s AND %(phone)s || 'a'))""",
    "opened_from": " AND opened_at >= %(opened_from)s",
    "opened_to": " AND opened_at < %(opened_to)s",
    "moved_from": " AND moved_at >= %(moved_from)s",
    "moved_to": " AND moved_at < %(moved_to)s",
    "after": " AND number < %(after)s",
}


def told(workspace_id: UUID, wanted: Wanted, after: int | None) -> dict[str, Any]:
    """The values for the statements."""
    return wanted._asdict() | {
        "workspace_id": workspace_id,
        "after": after,
        "slot_ids": None if wanted.slot_ids is None else list(wanted.slot_ids),
        "phone": phones.wanted(wanted.phone or ""),
        "words": words.wanted(workspace_id, wanted.text or ""),
    }


def looks(wanted: Wanted, after: int | None) -> tuple[LiteralString, ...]:
    """Statements for the deals that are wanted: the first full page counts (`words.looks`)."""
    asked = wanted._asdict() | {"after": after}
    rows = ROWS
    for name, condition in CONDITIONS.items():
        if asked[name] is not None:
            rows += condition
    return words.looks(rows, NEWEST, wanted.text, some="200")
