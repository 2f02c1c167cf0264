"""Postings: the longest message that Telegram has, and retries that know more or less."""

import json

import psycopg
import pytest

from tests.graphql.company import ANNA, CAROL, Company

POST = """mutation($i: PostMessageInput!) { postMessage(input: $i) {
  ticketId number opened position replayed } }"""


def test_the_longest_message_is_taken_however_it_is_written(acme: Company) -> None:
    text = "😀" * 2_048
    links = [
        {"type": "text_link", "offset": n, "length": 1, "url": f"https://example.com/{'a' * 230}"}
        for n in range(100)
    ]
    told = {
        "commandId": acme.new(),
        "content": {"text": text, "entities": links},
        "profile": {"name": "Carol"},
    }
    body = json.dumps({"query": POST, "variables": {"i": told}}).encode()
    assert len(body) > 50_000
    headers = {
        "authorization": f"Bearer {acme.client_key}",
        "x-telegram-user": str(CAROL),
        "content-type": "application/json",
    }
    answer = acme.service.http.post("/graphql", content=body, headers=headers)
    posted = answer.json()["data"]["postMessage"]
    shown = acme.admin(
        """query($t: ID!) { events(subject: $t, kinds: ["Ticket.MessageReceived"]) {
             nodes { data } } }""",
        t=posted["ticketId"],
    )["events"]["nodes"]
    assert shown[0]["data"]["content"]["text"] == text
    assert shown[0]["data"]["content"]["entities"] == links


@pytest.mark.parametrize("known", ["later", "no longer"])
def test_a_retry_gets_the_first_answer_whatever_it_knows_of_the_message_replied_to(
    acme: Company, known: str
) -> None:
    """The message stands in Carol's first ticket; her conversation is her second one."""
    place = {"chatId": CAROL, "messageId": 1}
    first = acme.writes(CAROL, "first", place=place if known == "no longer" else None)
    acme.claims(ANNA, first["ticketId"])
    second = acme.opens(CAROL)
    command = {"commandId": acme.new(), "replyTo": place}
    answered = acme.writes(CAROL, "more", **command)
    if known == "later":
        assert answered["ticketId"] == second["ticketId"]
        deliver(acme, first["ticketId"], place)
    else:
        assert answered["ticketId"] == first["ticketId"]
        forget(acme, first["ticketId"])
    assert acme.writes(CAROL, "more", **command) == {**answered, "replayed": True}


def deliver(company: Company, ticket_id: str, place: dict[str, int]) -> None:
    """Anna answers, and her answer stands at the place in the client's chat."""
    answer = company.manager(
        ANNA,
        """mutation($t: ID!, $id: String!) { postMessage(input: { commandId: $id, ticketId: $t,
             content: { text: "hello" } }) { messageId } }""",
        t=ticket_id,
        id=company.new(),
    )["postMessage"]
    company.service.ask(
        company.client_key,
        """mutation($t: ID!, $m: ID!, $p: PlaceInput!, $id: String!) { confirmDelivery(input: {
             commandId: $id, ticketId: $t, messageId: $m, place: $p }) { position } }""",
        t=ticket_id,
        m=answer["messageId"],
        p=place,
        id=company.new(),
    )


def forget(company: Company, ticket_id: str) -> None:
    """As if an older copy of the read model were asked."""
    with psycopg.connect(company.service.town.dsn) as owner:
        owner.execute("DELETE FROM read.messages WHERE ticket_id = %s", [ticket_id])
