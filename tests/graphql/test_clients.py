"""Clients: found, shown with their tickets, blocked; and what they may know themselves."""

from functools import partial

import pytest

from tests.graphql.company import ANNA, CAROL, DAVE, Company, GraphQLRefused

LIST = """query($s: String, $b: Boolean, $at: BigInt) {
  clients(search: $s, blocked: $b, minPosition: $at) { nodes {
    id name blocked blockedReason blockedAt registeredAt
    lastTickets(first: 2) { number status holder { name } } } } }"""


@pytest.mark.proves("S1-29")
def test_clients_are_found_and_shown_with_their_last_tickets(acme: Company) -> None:
    first = acme.writes(CAROL, "hello")
    acme.writes(DAVE, "good day")
    acme.order(partial(acme.client, CAROL), "closeTicket", "number", ticketId=first["ticketId"])
    for _ in range(2):
        acme.opens(CAROL)
    acme.writes(CAROL, "hm", profile={"name": "Карина Орлова", "username": "karina"})
    at = acme.service.head()
    for search in ("карин", "ОРЛОВА", "901", "kar", "орл кар"):
        (found,) = acme.manager(ANNA, LIST, s=search, at=at)["clients"]["nodes"]
        assert [one["number"] for one in found["lastTickets"]] == [4, 3]
        assert found["registeredAt"] is not None
    assert acme.manager(ANNA, LIST, s="nobody")["clients"]["nodes"] == []
    assert len(acme.manager(ANNA, LIST)["clients"]["nodes"]) == 2


@pytest.mark.proves("S1-28")
def test_a_client_is_blocked_by_one_of_their_tickets_and_by_admins_too(acme: Company) -> None:
    ticket = acme.writes(CAROL, "buy my thing")["ticketId"]
    anna = partial(acme.manager, ANNA)
    told = {"ticketId": ticket, "reason": "spam"}
    blocked = acme.order(anna, "blockClient", "position", **told)
    (carol,) = acme.admin(LIST, b=True, at=blocked["position"])["clients"]["nodes"]
    assert (carol["blocked"], carol["blockedReason"]) == (True, "spam")
    with pytest.raises(GraphQLRefused) as refused:
        acme.writes(CAROL, "more")
    assert refused.value.code == "ClientIsBlocked"
    acme.order(acme.admin, "unblockClient", "position", clientId=carol["id"])
    assert acme.writes(CAROL, "sorry")["ticketId"] == ticket
    acme.order(acme.admin, "blockClient", "position", clientId=carol["id"])
    acme.order(anna, "unblockClient", "position", ticketId=ticket)
    for told, code in (
        ({}, "BadRequest"),
        ({"clientId": carol["id"], "ticketId": ticket}, "BadRequest"),
        ({"ticketId": acme.new()}, "NotFound"),
    ):
        with pytest.raises(GraphQLRefused) as refused:
            acme.order(anna, "blockClient", "position", **told)
        assert refused.value.code == code


@pytest.mark.proves("P43")
@pytest.mark.parametrize(
    "query",
    [
        "{ tickets { nodes { tags } } }",
        "{ tickets { nodes { priority } } }",
        "{ tickets { nodes { surface clientReachable } } }",
        "{ me { openTickets { thread(first: 1) { nodes { versions { text } } } } } }",
        "{ me { lastTickets { thread(first: 1) { nodes { reactions { by { name } } } } } } }",
        "{ me { client { blockedReason } } }",
        "{ me { client { lastTickets { holder { name } } } } }",
        "{ me { workspace { settings { routing } } } }",
        "{ workspace { settings { signing } } }",
        "{ workspace { readiness { lack } } }",
        "{ workspace { surface } }",
        '{ tickets(tag: "vip") { nodes { number } } }',
        "{ tickets(priority: URGENT) { nodes { number } } }",
        '{ tickets(holderId: "00000000-0000-4000-8000-000000000000") { nodes { number } } }',
        "{ cannedReplies { nodes { text } } }",
        "{ invitations { nodes { id } } }",
    ],
)
def test_a_client_learns_nothing_of_how_the_staff_works(acme: Company, query: str) -> None:
    acme.writes(CAROL, "hello")
    with pytest.raises(GraphQLRefused) as refused:
        acme.client(CAROL, query)
    assert refused.value.code == "NotAllowed"


def test_a_client_sees_what_concerns_them(acme: Company) -> None:
    posted = acme.writes(CAROL, "hello")
    seen = acme.client(
        CAROL,
        """query($at: BigInt) { me(minPosition: $at) { topic heldMessages language
             client { lastTickets(first: 1) { number } }
             workspace { openNow nextOpening settings { zone texts { kind text } reopenWithin } }
             lastTickets(first: 5) { number status thread(first: 5) { nodes {
               text version replyToId quote withdrawnAt details pieces { kind text }
               reactions { byClient emoji } } } } } }""",
        at=posted["position"],
    )["me"]
    (ticket,) = seen["lastTickets"]
    assert (ticket["number"], ticket["status"]) == (1, "OPEN")
    assert ticket["thread"]["nodes"][0]["text"] == "hello"
    assert seen["client"]["lastTickets"] == [{"number": 1}]
    assert seen["workspace"]["openNow"] is True
