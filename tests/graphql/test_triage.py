"""Triage and holders: tags, priorities, transfers, releases, and answers at hand."""

from functools import partial
from typing import Any

import pytest

from tests.graphql.company import ANNA, BORIS, CAROL, DAVE, GROUP, Company, GraphQLRefused

QUEUE = """query($at: BigInt) { queue(minPosition: $at) {
  nodes { number priority tags holder { name } } } }"""


@pytest.fixture
def ticket(acme: Company) -> str:
    """Of Carol, discussed under message 7."""
    id: str = acme.writes(CAROL, "My order?")["ticketId"]
    acme.order(acme.bot, "openThread", "position", ticketId=id, groupId=GROUP, rootId=7)
    return id


def staff(company: Company, who: int, name: str, answer: str = "number", **told: Any) -> Any:
    return company.order(partial(company.manager, who), name, answer, **told)


def queue(company: Company) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = company.admin(QUEUE, at=company.service.head())["queue"]["nodes"]
    return nodes


def test_a_ticket_is_marked_found_by_its_marks_and_moved_up_in_the_queue(
    acme: Company, ticket: str
) -> None:
    thread = {"groupId": GROUP, "rootId": 7}
    late = acme.writes(DAVE, "urgent!")["ticketId"]
    staff(acme, ANNA, "tagTicket", thread=thread, tag="Возврат")
    staff(acme, ANNA, "tagTicket", ticketId=ticket, tag="vip")
    staff(acme, ANNA, "untagTicket", thread=thread, tag="VIP")
    acme.order(acme.admin, "prioritiseTicket", "number", ticketId=late, priority="URGENT")
    assert [(row["number"], row["priority"], row["tags"]) for row in queue(acme)] == [
        (2, "URGENT", []),
        (1, "NORMAL", ["возврат"]),
    ]
    found = acme.manager(
        ANNA,
        """{ tagged: tickets(tag: "возврат") { nodes { number tags } }
             urgent: tickets(priority: URGENT) { nodes { number priority } }
             dave: tickets(search: "902") { nodes { number clientReachable surface } } }""",
    )
    assert found["tagged"]["nodes"] == [{"number": 1, "tags": ["возврат"]}]
    assert found["urgent"]["nodes"] == [{"number": 2, "priority": "URGENT"}]
    assert found["dave"]["nodes"] == [{"number": 2, "clientReachable": True, "surface": "CHANNEL"}]


def test_a_tag_is_one_word_or_a_few_on_one_line(acme: Company, ticket: str) -> None:
    for tag in ("", "   ", "a\nb", "x" * 41):
        with pytest.raises(GraphQLRefused) as refused:
            staff(acme, ANNA, "tagTicket", ticketId=ticket, tag=tag)
        assert refused.value.code == "BadText"
    for told in ({}, {"ticketId": ticket, "thread": {"groupId": GROUP, "rootId": 7}}):
        with pytest.raises(GraphQLRefused) as refused:
            staff(acme, ANNA, "tagTicket", tag="vip", **told)
        assert refused.value.code == "BadRequest"


def test_a_manager_releases_their_own_ticket_and_an_admin_any(acme: Company, ticket: str) -> None:
    acme.claims(ANNA, ticket)
    idle = staff(acme, BORIS, "releaseTicket", "position", ticketId=ticket)
    assert idle["position"] is None
    staff(acme, ANNA, "releaseTicket", ticketId=ticket, reason="lunch")
    assert queue(acme)[0]["holder"] is None
    acme.claims(BORIS, ticket)
    command = acme.new()
    told = {"ticketId": ticket, "commandId": command}
    first = acme.order(acme.admin, "releaseTicket", "position number replayed", **told)
    again = acme.order(acme.admin, "releaseTicket", "position number replayed", **told)
    assert again == {**first, "replayed": True}
    assert queue(acme)[0]["holder"] is None


@pytest.mark.proves("S1-08")
def test_a_leader_by_the_settings_bot_hands_over_any_ticket(acme: Company, ticket: str) -> None:
    acme.hire("Olga", 777, "[ADMIN]")
    acme.claims(ANNA, ticket)
    told = {"ticketId": ticket, "toId": acme.boris, "cause": "holidays"}
    acme.order(partial(acme.leader, 777), "transferTicket", "number", **told)
    assert queue(acme)[0]["holder"] == {"name": "Boris"}
    acme.order(partial(acme.leader, 777), "closeTicket", "number", ticketId=ticket)
    assert queue(acme) == []


def test_buttons_in_the_thread_name_the_ticket_by_its_thread(acme: Company, ticket: str) -> None:
    thread = {"groupId": GROUP, "rootId": 7}
    staff(acme, ANNA, "claimTicket", "outcome", thread=thread)
    staff(acme, ANNA, "transferTicket", thread=thread, toId=acme.boris)
    staff(acme, BORIS, "closeTicket", thread=thread)
    told = staff(acme, BORIS, "reopenTicket", "number position", thread=thread)
    seen = acme.admin(
        "query($t: ID!, $at: BigInt) { ticket(id: $t, minPosition: $at) { cycle status } }",
        t=ticket,
        at=told["position"],
    )
    assert seen["ticket"] == {"cycle": 2, "status": "OPEN"}


def test_an_answer_at_hand_is_sent_filled_and_its_acts_are_done(acme: Company, ticket: str) -> None:
    acme.saves("bye", "{client}, №{number}: всё готово", "tag:done", "close")
    sent = staff(
        acme,
        ANNA,
        "sendCannedReply",
        "messageId kept number position",
        thread={"groupId": GROUP, "rootId": 7},
        code="BYE",
    )
    assert (sent["kept"], sent["number"]) == ("SENT", 1)
    seen = acme.admin(
        """query($t: ID!, $at: BigInt) { ticket(id: $t, minPosition: $at) { status tags
             thread { nodes { id text } } } }""",
        t=ticket,
        at=sent["position"],
    )["ticket"]
    assert (seen["status"], seen["tags"]) == ("CLOSED", ["done"])
    answer = {"id": sent["messageId"], "text": "Client 901, №1: всё готово"}
    assert seen["thread"]["nodes"][1] == answer


def test_answers_at_hand_are_kept_found_and_removed(acme: Company) -> None:
    acme.saves("hello", "Добрый день")
    acme.saves("refund", "Деньги вернутся", "tag:возврат")
    listed = "query($s: String, $at: BigInt) { cannedReplies(search: $s, minPosition: $at) {"
    listed += " nodes { code text acts } } }"
    at = acme.service.head()
    (found,) = acme.manager(ANNA, listed, s="деньг", at=at)["cannedReplies"]["nodes"]
    assert found == {"code": "refund", "text": "Деньги вернутся", "acts": ["tag:возврат"]}
    removed = staff(acme, ANNA, "removeCannedReply", "position", code="hello")
    left = acme.manager(ANNA, listed, at=removed["position"])["cannedReplies"]["nodes"]
    assert [reply["code"] for reply in left] == ["refund"]
    for told in (
        {"code": "two words", "text": "x"},
        {"code": "x", "text": " "},
        {"code": "x", "text": "x", "acts": ["explode"]},
    ):
        with pytest.raises(GraphQLRefused) as refused:
            staff(acme, ANNA, "saveCannedReply", "position", **told)
        assert refused.value.code == "BadCannedReply"
