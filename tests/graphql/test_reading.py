"""Reading: pages by keyset, the past, and what was just written."""

import pytest

from tests.graphql.company import ANNA, BORIS, CAROL, Company, GraphQLRefused, Service
from tests.graphql.sales import Sales

LISTS = {
    "tickets": "id",
    "queue": "ticketId",
    "claims": "ticketId",
    "roster": "id",
    "clients": "id",
    "events": "position",
    "cannedReplies": "code",
    "invitations": "id",
    "deals": "number",
    "contacts": "name",
}


@pytest.fixture(scope="module")
def busy(service: Service) -> Company:
    """Five clients, a ticket each, and a claim of each; Anna, Boris and three colleagues."""
    with Company.founded(service, "Busy") as company:
        for n in range(5):
            ticket = company.writes(CAROL + n, f"question {n}")
            company.claims(ANNA, ticket["ticketId"])
        for n in range(3):
            company.hire(f"Colleague {n}", 700 + n)
        for n in range(5):
            company.invites()
            company.saves(f"reply-{n}", "Hello")
        sales = Sales(company)
        for n in range(5):
            sales.deal(contact={"name": f"Contact {n}"})
        company.admin("query($p: BigInt) { me(minPosition: $p) { __typename } }", p=service.head())
        return company


@pytest.mark.parametrize("name", LISTS)
def test_pages_follow_each_other_without_gaps_or_doubles(busy: Company, name: str) -> None:
    query = f"""query($n: Int!, $after: String) {{ {name}(first: $n, after: $after) {{
        nodes {{ {LISTS[name]} }} edges {{ cursor node {{ {LISTS[name]} }} }}
        pageInfo {{ hasNextPage endCursor }} position }} }}"""
    whole = busy.admin(query, n=100)[name]
    pages, after = [], None
    while True:
        page = busy.admin(query, n=2, after=after)[name]
        assert page["nodes"] == [edge["node"] for edge in page["edges"]]
        pages += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert pages == whole["nodes"]
    assert len(pages) >= 5
    assert whole["position"] > 0


@pytest.mark.parametrize("name", LISTS)
def test_a_page_after_the_last_is_empty(busy: Company, name: str) -> None:
    query = f"""query($after: String) {{ {name}(first: 100, after: $after) {{
        nodes {{ {LISTS[name]} }} pageInfo {{ hasNextPage endCursor }} }} }}"""
    end = busy.admin(query)[name]["pageInfo"]["endCursor"]
    assert busy.admin(query, after=end)[name] == {
        "nodes": [],
        "pageInfo": {"hasNextPage": False, "endCursor": None},
    }


def test_filters_narrow_lists(busy: Company) -> None:
    told = busy.admin(
        """query($a: ID!, $b: ID!) {
             annas: tickets(holderId: $a, status: OPEN) { nodes { number } }
             boris: tickets(holderId: $b) { nodes { number } }
             free: queue(unclaimed: true) { nodes { number } }
             held: queue(holderId: $a) { nodes { number holder { name } } }
             won: claims(outcome: WON, byId: $a) { nodes { number } }
             lost: claims(outcome: LOST) { nodes { number } }
             opened: events(kinds: ["Ticket.Opened"]) { nodes { kind data } }
             early: events(until: "2020-01-01T00:00:00Z") { nodes { kind } }
             late: events(from: "2020-01-01T00:00:00Z", actor: "admin") { nodes { kind } } }""",
        a=busy.anna,
        b=busy.boris,
    )
    assert [row["number"] for row in told["annas"]["nodes"]] == [5, 4, 3, 2, 1]
    assert told["boris"]["nodes"] == told["free"]["nodes"] == told["lost"]["nodes"] == []
    assert [row["number"] for row in told["held"]["nodes"]] == [1, 2, 3, 4, 5]
    assert told["held"]["nodes"][0]["holder"] == {"name": "Anna"}
    assert len(told["won"]["nodes"]) == 5
    assert [row["data"]["number"] for row in told["opened"]["nodes"]] == [1, 2, 3, 4, 5]
    assert told["early"]["nodes"] == []
    assert told["late"]["nodes"]


@pytest.mark.proves("P13")
def test_what_was_written_is_read_back_by_its_position(acme: Company) -> None:
    for n in range(40):
        posted = acme.writes(CAROL + n // 20, f"number {n}")
        told = acme.admin(
            """query($at: BigInt, $t: ID!) { thread(ticketId: $t, first: 100, minPosition: $at) {
                 nodes { text } position } }""",
            at=posted["position"],
            t=posted["ticketId"],
        )["thread"]
        assert told["nodes"][-1]["text"] == f"number {n}"
        assert told["position"] >= posted["position"]


@pytest.mark.proves("P13")
def test_a_position_that_does_not_come_is_not_answered_with_older_data(acme: Company) -> None:
    with pytest.raises(GraphQLRefused) as refused:
        acme.admin(
            "query($at: BigInt) { workspace(minPosition: $at) { name } }",
            at=acme.service.head() + 1_000_000,
        )
    assert refused.value.code == "NotYet"


def test_somebody_hired_a_moment_ago_can_claim_at_once(acme: Company) -> None:
    ticket = acme.opens()
    acme.hire("Eve", 777)
    assert acme.claims(777, ticket["ticketId"])["outcome"] == "WON"


def test_the_past_of_a_ticket_can_be_asked_for(acme: Company) -> None:
    ticket = acme.writes(CAROL, "hello")
    claimed = acme.claims(BORIS, ticket["ticketId"])
    told = acme.admin(
        """query($t: ID!, $before: BigInt!) {
             now: state(subject: $t) { kind version data }
             first: state(subject: $t, version: 1) { version data }
             then: state(subject: $t, position: $before) { version data }
             never: state(subject: $t, version: 0) { version } }""",
        t=ticket["ticketId"],
        before=claimed["position"] - 1,
    )
    assert told["now"]["kind"] == "Ticket"
    assert told["now"]["data"]["holder_id"] == acme.boris
    assert told["first"]["version"] == 1
    assert told["first"]["data"]["number"] == 1
    assert told["then"]["version"] == told["now"]["version"] - 1
    assert told["then"]["data"]["holder_id"] is None
    assert told["never"] is None
