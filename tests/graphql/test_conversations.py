"""Conversations: what a client is asked, and where their words go in the end."""

from functools import partial
from typing import Any

import pytest

from tests.graphql.company import ANNA, CAROL, DAVE, GROUP, Company, GraphQLRefused

POSTED = "ticketId number opened reopened asked askedAgain messageId kept position replayed"
ME = """query($at: BigInt) { me(minPosition: $at) { activeTicketId topic heldMessages language
  openTickets { number } lastTickets(first: 2) { number status } } }"""


def writes(company: Company, text: str, **more: Any) -> dict[str, Any]:
    carol = partial(company.client, CAROL)
    told = {"content": {"text": text}, "profile": {"name": "Carol"}} | more
    return company.order(carol, "postMessage", POSTED, **told)


def chooses(company: Company, topic: str) -> dict[str, Any]:
    return company.order(
        partial(company.client, CAROL),
        "chooseTopic",
        "ticketId number opened position",
        topic=topic,
        profile={"name": "Carol"},
    )


@pytest.fixture
def topics(acme: Company) -> Company:
    """The company whose clients choose a topic first."""
    acme.order(acme.admin, "defineTopics", "position", topics=["Доставка", "Оплата"])
    return acme


@pytest.mark.proves("S1-13")
def test_words_that_wait_for_a_topic_open_its_ticket_all_together(topics: Company) -> None:
    first, second = writes(topics, "Where is it?"), writes(topics, "Hello?")
    for told, again in ((first, False), (second, True)):
        assert (told["asked"], told["askedAgain"], told["ticketId"]) == ("TOPIC", again, None)
        assert (told["number"], told["opened"]) == (None, False)
    me = topics.client(CAROL, ME, at=second["position"])["me"]
    assert (me["heldMessages"], me["openTickets"]) == (2, [])
    chosen = chooses(topics, "Доставка")
    assert (chosen["number"], chosen["opened"]) == (1, True)
    seen = topics.client(
        CAROL,
        """query($t: ID!, $at: BigInt) { ticket(id: $t, minPosition: $at) { topic
             thread { nodes { text } } } }""",
        t=chosen["ticketId"],
        at=chosen["position"],
    )["ticket"]
    texts = [message["text"] for message in seen["thread"]["nodes"]]
    assert (seen["topic"], texts) == ("Доставка", ["Where is it?", "Hello?"])
    assert topics.client(CAROL, ME)["me"]["heldMessages"] == 0


def test_a_topic_that_is_chosen_first_waits_for_the_message(topics: Company) -> None:
    chosen = chooses(topics, "Оплата")
    assert (chosen["ticketId"], chosen["number"], chosen["opened"]) == (None, None, False)
    assert topics.client(CAROL, ME, at=chosen["position"])["me"]["topic"] == "Оплата"
    opened = writes(topics, "The card does not work")
    assert (opened["opened"], opened["reopened"], opened["asked"]) == (True, False, None)
    me = topics.client(CAROL, ME, at=opened["position"])["me"]
    assert (me["topic"], me["activeTicketId"]) == (None, opened["ticketId"])
    with pytest.raises(GraphQLRefused) as refused:
        chooses(topics, "Погода")
    assert refused.value.code == "NotFound"


@pytest.mark.proves("S1-23")
def test_between_two_tickets_a_client_is_asked_once_both_may_be_meant(acme: Company) -> None:
    first = acme.writes(CAROL, "first")
    acme.opens(CAROL)
    answered(acme, first["ticketId"])
    held = writes(acme, "And now?")
    assert held["asked"] == "TICKET"
    placed = acme.order(
        partial(acme.client, CAROL),
        "placeMessages",
        "number position",
        ticketId=first["ticketId"],
    )
    assert placed["number"] == first["number"]
    nodes = acme.admin(
        "query($t: ID!, $at: BigInt) { thread(ticketId: $t, minPosition: $at) { nodes { text } } }",
        t=first["ticketId"],
        at=placed["position"],
    )["thread"]["nodes"]
    assert nodes[-1]["text"] == "And now?"
    with pytest.raises(GraphQLRefused) as refused:
        acme.order(
            partial(acme.client, CAROL), "placeMessages", "number", ticketId=first["ticketId"]
        )
    assert refused.value.code == "NothingIsHeld"


def answered(company: Company, ticket_id: str) -> dict[str, Any]:
    """Anna writes to the client."""
    return company.order(
        partial(company.manager, ANNA),
        "postMessage",
        "messageId position",
        content={"text": "It is on its way"},
        ticketId=ticket_id,
        place={"chatId": GROUP, "messageId": 71},
    )


@pytest.mark.proves("S1-25", "S1-E9")
def test_a_reply_to_what_was_closed_reopens_it(acme: Company) -> None:
    place = {"chatId": CAROL, "messageId": 5}
    first = acme.writes(CAROL, "first", place=place)
    carol = partial(acme.client, CAROL)
    acme.order(carol, "closeTicket", "number", ticketId=first["ticketId"])
    again = writes(acme, "It came back", replyTo=place, quote="first")
    assert (again["ticketId"], again["reopened"]) == (first["ticketId"], True)
    nodes = acme.client(
        CAROL,
        """query($t: ID!, $at: BigInt) { thread(ticketId: $t, minPosition: $at) { nodes {
             id replyToId quote } } }""",
        t=first["ticketId"],
        at=again["position"],
    )["thread"]["nodes"]
    assert nodes[1]["replyToId"] == nodes[0]["id"]
    assert nodes[1]["quote"] == "first"
    acme.order(carol, "closeTicket", "number", ticketId=first["ticketId"])
    me = acme.client(CAROL, ME, at=acme.service.head())["me"]
    assert me["lastTickets"] == [{"number": 1, "status": "CLOSED"}]


def test_a_client_cannot_use_what_is_anothers(acme: Company) -> None:
    daves = acme.writes(DAVE, "hello", place={"chatId": DAVE, "messageId": 5})
    acme.writes(CAROL, "mine")
    carol = partial(acme.client, CAROL)
    orders: list[tuple[str, dict[str, Any]]] = [
        ("placeMessages", {"ticketId": daves["ticketId"]}),
        ("commentRating", {"ticketId": daves["ticketId"], "comment": "bad"}),
    ]
    for name, told in orders:
        with pytest.raises(GraphQLRefused) as refused:
            acme.order(carol, name, "number", **told)
        assert refused.value.code == "NotFound"


def test_a_rating_is_explained_afterwards_once(acme: Company) -> None:
    ticket = acme.writes(CAROL, "hello")["ticketId"]
    carol = partial(acme.client, CAROL)
    acme.order(carol, "closeTicket", "number", ticketId=ticket)
    acme.order(carol, "rateTicket", "number", ticketId=ticket, stars=2)
    told = acme.order(carol, "commentRating", "position", ticketId=ticket, comment="slow")
    seen = acme.admin(
        """query($t: ID!, $at: BigInt) { ticket(id: $t, minPosition: $at) {
             cycles { stars comment } } }""",
        t=ticket,
        at=told["position"],
    )["ticket"]
    assert seen["cycles"] == [{"stars": 2, "comment": "slow"}]
    with pytest.raises(GraphQLRefused) as refused:
        acme.order(carol, "commentRating", "position", ticketId=ticket, comment="again")
    assert refused.value.code == "NothingToRate"
