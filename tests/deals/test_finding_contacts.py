"""Contacts are found by name, address and phone, and by whom a phone belongs to first."""

from uuid import UUID, uuid4

from domain.contacts import Contact
from tests.deals.facts import known
from tests.projections.conftest import World
from tests.projections.facts import fact

KLARA, PAVEL = uuid4(), uuid4()


async def test_contacts_are_found_by_what_they_are_called_and_by_their_phones(
    questions: World,
) -> None:
    acme, other = uuid4(), uuid4()
    for workspace in (acme, other):
        await questions.book.record(
            workspace,
            known(KLARA, "Клара Новак", "+79161234567"),
            fact(
                Contact.Registered, PAVEL, 1, name="Пётр", phones=["+79161234567"], email="p@x.cz"
            ),
        )
    await questions.book.record(
        acme,
        fact(Contact.Renamed, KLARA, 2, name="Клара Ёлкина", by=None),
        fact(Contact.PhonesChanged, PAVEL, 2, phones=["+420777123456"], by=None),
        fact(Contact.EmailChanged, KLARA, 2, email="klara@example.com", by=None),
    )
    await questions.know("contacts")
    contacts = questions.models.contacts

    async def found(**told: str) -> list[UUID]:
        return [row.contact_id for row in (await contacts.page(acme, **told)).rows]  # type: ignore[arg-type]

    assert await found() == [PAVEL, KLARA]
    assert await found(text="елк") == await found(text="example") == [KLARA]
    assert await found(text="новак") == await found(text="петр клара") == []
    assert await found(phone="8 (916) 123-45-67") == await found(phone="4567") == [KLARA]
    assert await found(phone="777123456") == [PAVEL]
    assert await found(phone="777123456", text="клара") == []
    first = await contacts.page(acme, first=1)
    assert (first.rows[0].contact_id, first.more) == (PAVEL, True)
    assert (await contacts.page(acme, after=first.rows[0].cursor)).rows[0].contact_id == KLARA

    row = await contacts.one(acme, KLARA)
    assert row is not None
    assert (row.name, row.phones, row.email) == (
        "Клара Ёлкина",
        ["+79161234567"],
        "klara@example.com",
    )
    theirs = await contacts.by_phone(other, "89161234567")
    assert theirs is not None
    assert (theirs.contact_id, theirs.name) == (KLARA, "Клара Новак")
    assert await contacts.by_phone(acme, "89160000000") is None
