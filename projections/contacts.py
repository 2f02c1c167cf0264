"""Contacts: who has to do with a company's deals, found by name, address and phone."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from projections import contact_rows, phones, words
from projections.contact_rows import CONTACTS, PHONES, ContactRow
from projections.projection import Page, ReadModel

_SELECT: LiteralString = "SELECT contact_id, name, phones, email, registered_at FROM ("
_ROWS: LiteralString = "SELECT * FROM read.contacts WHERE workspace_id = %(workspace_id)s"
_REACHED: LiteralString = """
    AND contact_id IN (
        SELECT owner_id FROM read.contact_phones
         WHERE workspace_id = %(workspace_id)s
           AND backwards BETWEEN %(phone)s AND %(phone)s || 'a')"""
_NEWEST: LiteralString = " ORDER BY registered_at DESC, contact_id DESC"


class Contacts(ReadModel):
    """The contacts of every workspace."""

    name = "contacts"
    version = 1
    tables = (CONTACTS, PHONES)
    fold = contact_rows.fold

    async def page(
        self,
        workspace_id: UUID,
        *,
        text: str | None = None,
        phone: str | None = None,
        first: int = 50,
        after: tuple[datetime, UUID] | None = None,
    ) -> Page[ContactRow]:
        """Contacts, the newest first; `after` is the `cursor` of the last row seen.

        A `text` finds beginnings of words in name and address, a `phone` numbers that end so,
        however it is written.
        """
        rows = _ROWS
        if phone is not None:
            rows += _REACHED
        if after is not None:
            rows += " AND (registered_at, contact_id) < (%(registered_at)s, %(contact_id)s)"
        page = Page[ContactRow]([], more=False)
        for question in words.looks(rows, _NEWEST, text):
            page = await self._ask_page(
                ContactRow,
                _SELECT + question + ") c" + _NEWEST + " LIMIT %(limit)s",
                first,
                workspace_id=workspace_id,
                phone=phones.wanted(phone or ""),
                words=words.wanted(workspace_id, text or ""),
                registered_at=after[0] if after else None,
                contact_id=after[1] if after else None,
            )
            if page.more:
                break
        return page

    async def one(self, workspace_id: UUID, contact_id: UUID) -> ContactRow | None:
        """The contact, if the workspace has them."""
        return next(iter(await self.many(workspace_id, [contact_id])), None)

    async def many(self, workspace_id: UUID, contact_ids: Sequence[UUID]) -> list[ContactRow]:
        """Those of the contacts that the workspace has, in any order."""
        return await self._ask(
            ContactRow,
            _SELECT + _ROWS + " AND contact_id = ANY(%(ids)s)) c",
            workspace_id=workspace_id,
            ids=list(contact_ids),
        )

    async def by_phone(self, workspace_id: UUID, phone: str) -> ContactRow | None:
        """Who was registered first with this number, however it is written."""
        question = _ROWS + _REACHED
        return await self._ask_one(
            ContactRow,
            _SELECT + question + ") c ORDER BY registered_at, contact_id LIMIT 1",
            workspace_id=workspace_id,
            phone=phones.wanted(phone),
        )
