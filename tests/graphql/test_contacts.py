"""Contacts over the API: known by their phones, found by any writing of them."""

from typing import Any

import pytest

from tests.graphql.company import ANNA, Company, GraphQLRefused
from tests.graphql.sales import Sales

FOUND = """query($text: String, $phone: String, $at: BigInt) {
  contacts(text: $text, phone: $phone, minPosition: $at) { nodes { name phones email } } }"""


@pytest.fixture
def sales(acme: Company) -> Sales:
    return Sales(acme)


def found(sales: Sales, **told: Any) -> list[str]:
    at = sales.company.service.head()
    nodes = sales.company.admin(FOUND, at=at, **told)["contacts"]["nodes"]
    return [one["name"] for one in nodes]


def test_who_has_the_same_phone_is_known_already(sales: Sales) -> None:
    ivan = {"name": "Ivan", "phones": ["8 (916) 123-45-67", "+7 495 000 00 01"]}
    first = sales.manage(ANNA, "registerContact", "contactId", contact=ivan)
    again = {"name": "Vanya", "phones": ["+79161234567"]}
    assert sales.manage(ANNA, "registerContact", "contactId", contact=again) == first
    told = {"contactId": first["contactId"], "name": "Ivan Petrov", "email": "ivan@example.org"}
    sales.manage(ANNA, "changeContact", "position", **told)
    at = sales.company.service.head()
    query = "query($id: ID!, $at: BigInt) { contact(id: $id, minPosition: $at) { name phones } }"
    seen = sales.company.manager(ANNA, query, id=first["contactId"], at=at)["contact"]
    assert seen == {"name": "Ivan Petrov", "phones": ["+79161234567", "+74950000001"]}


def test_contacts_are_found_by_name_address_and_any_writing_of_a_phone(sales: Sales) -> None:
    for name, phone in (("Ivan Petrov", "+79161234567"), ("Petr Ivanov", "+79160000003")):
        contact = {"name": name, "phones": [phone], "email": f"{name[:4]}@example.org"}
        sales.manage(ANNA, "registerContact", "contactId", contact=contact)
    assert found(sales) == ["Petr Ivanov", "Ivan Petrov"]
    assert found(sales, text="iva petr") == ["Petr Ivanov", "Ivan Petrov"]
    assert found(sales, text="petrov") == ["Ivan Petrov"]
    assert found(sales, phone="8 916 123 45 67") == ["Ivan Petrov"]
    assert found(sales, phone="00-03") == ["Petr Ivanov"]


def test_what_is_no_contact_is_refused(sales: Sales) -> None:
    for contact, code in (
        ({"name": ""}, "BadContact"),
        ({"name": "Ivan\nPetrov"}, "BadText"),
        ({"name": "Ivan", "phones": ["none"]}, "BadPhone"),
        ({"name": "Ivan", "phones": [""]}, "BadText"),
    ):
        with pytest.raises(GraphQLRefused) as refused:
            sales.manage(ANNA, "registerContact", "contactId", contact=contact)
        assert refused.value.code == code
