"""A ticket's life through the API, as the bots and an admin see it."""

import pytest

from tests.graphql.company import ANNA, BORIS, CAROL, CHANNEL, DAVE, GROUP, Company, GraphQLRefused

TICKET = """query($id: ID, $at: BigInt) { ticket(id: $id, minPosition: $at) {
  id number topic status clientName client { name telegramId openTickets } holder { name }
  cycle stars openedAt closedAt waitingSince lastMessageAt channelId postId groupId rootId
  cycles { cycle closedAt closedByClient stars comment }
  thread { nodes { id direction kind text by { name } deliveredAt failure position } }
  claims { nodes { by { name } outcome holder { name } seconds } } } }"""


def test_a_ticket_goes_from_the_client_to_its_rating(acme: Company) -> None:
    posted = acme.writes(CAROL, "My printer is on fire")
    assert posted["opened"] is True
    assert posted["number"] == 1
    ticket_id = posted["ticketId"]
    assert acme.claims(ANNA, ticket_id)["outcome"] == "WON"
    lost = acme.claims(BORIS, ticket_id)
    assert (lost["outcome"], lost["holder"]["name"]) == ("LOST", "Anna")
    acme.bot(
        """mutation($t: ID!, $g: BigInt!, $c: BigInt!) {
             a: openThread(input: {commandId: "a", ticketId: $t, groupId: $g, rootId: 7, postId: 3})
               { position }
             b: confirmPost(input: {commandId: "b", ticketId: $t, channelId: $c, postId: 3})
               { position } }""",
        t=ticket_id,
        g=GROUP,
        c=CHANNEL,
    )
    answered = acme.manager(
        ANNA,
        """mutation($i: PostMessageInput!) { postMessage(input: $i) {
             ticketId messageId kept number position } }""",
        i={
            "commandId": "answer",
            "content": {"text": "Use water"},
            "thread": {"groupId": GROUP, "rootId": 7},
            "place": {"chatId": GROUP, "messageId": 9},
        },
    )["postMessage"]
    assert (answered["ticketId"], answered["kept"]) == (ticket_id, "SENT")
    acme.bot(
        """mutation($t: ID!, $m: ID!) { confirmDelivery(input: {commandId: "d", ticketId: $t,
             messageId: $m, place: {chatId: 901, messageId: 55}}) { position } }""",
        t=ticket_id,
        m=answered["messageId"],
    )
    acme.manager(
        ANNA,
        'mutation($t: ID!) { closeTicket(input: {commandId: "c", ticketId: $t}) { number } }',
        t=ticket_id,
    )
    rated = acme.client(
        CAROL,
        """mutation($t: ID!) { rateTicket(input: {commandId: "r", ticketId: $t, stars: 5,
             comment: "quick"}) { position number replayed } }""",
        t=ticket_id,
    )["rateTicket"]
    ticket = acme.admin(TICKET, id=ticket_id, at=rated["position"])["ticket"]
    assert (ticket["status"], ticket["stars"], ticket["clientName"]) == ("CLOSED", 5, "Client 901")
    assert ticket["holder"] == {"name": "Anna"}
    assert (ticket["groupId"], ticket["rootId"], ticket["postId"]) == (GROUP, 7, 3)
    assert ticket["client"] == {"name": "Client 901", "telegramId": CAROL, "openTickets": 0}
    said = [(m["direction"], m["text"], m["by"]) for m in ticket["thread"]["nodes"]]
    assert said == [("IN", "My printer is on fire", None), ("OUT", "Use water", {"name": "Anna"})]
    assert ticket["thread"]["nodes"][1]["deliveredAt"] is not None
    outcomes = [(c["by"]["name"], c["outcome"]) for c in ticket["claims"]["nodes"]]
    assert outcomes == [("Boris", "LOST"), ("Anna", "WON")]
    assert ticket["cycles"][0]["comment"] == "quick"


def test_the_same_command_id_gets_the_first_answer_again(acme: Company) -> None:
    ticket = acme.opens()
    first = acme.claims(ANNA, ticket["ticketId"], "press")
    again = acme.claims(ANNA, ticket["ticketId"], "press")
    assert again == {**first, "replayed": True}
    with pytest.raises(GraphQLRefused) as refused:
        acme.claims(BORIS, ticket["ticketId"], "press")
    assert refused.value.code == "CommandIdReused"


def test_a_client_sees_their_own_tickets_without_notes(acme: Company) -> None:
    carols, daves = acme.writes(CAROL, "hello"), acme.writes(DAVE, "good day")
    noted = acme.manager(
        ANNA,
        """mutation($t: ID!) { addNote(input: {commandId: "n", ticketId: $t,
             content: {text: "a difficult one"}}) { kept position } }""",
        t=carols["ticketId"],
    )["addNote"]
    seen = acme.client(
        CAROL,
        """query($at: BigInt) { tickets(first: 5, minPosition: $at) { nodes {
             id thread { nodes { text } } } }
             me { activeTicketId client { name } openTickets { id } workspace { name } } }""",
        at=noted["position"],
    )
    assert seen["tickets"]["nodes"] == [
        {"id": carols["ticketId"], "thread": {"nodes": [{"text": "hello"}]}}
    ]
    assert seen["me"]["activeTicketId"] == carols["ticketId"]
    assert seen["me"]["workspace"] == {"name": "ACME"}
    theirs = acme.client(CAROL, "query($t: ID!) { ticket(id: $t) { id } }", t=daves["ticketId"])
    assert theirs["ticket"] is None


def test_a_reply_goes_to_the_ticket_of_the_message(acme: Company) -> None:
    first = acme.writes(CAROL, "first", place={"chatId": CAROL, "messageId": 1})
    second = acme.opens(CAROL)
    replied = acme.writes(CAROL, "more", replyTo={"chatId": CAROL, "messageId": 1})
    elsewhere = acme.writes(CAROL, "hm", replyTo={"chatId": CAROL, "messageId": 404})
    assert replied["ticketId"] == first["ticketId"] != second["ticketId"]
    assert elsewhere["ticketId"] == first["ticketId"]


def test_the_queue_shows_whoever_waits_longest_first(acme: Company) -> None:
    acme.writes(CAROL, "one")
    last = acme.writes(DAVE, "two")
    told = acme.manager(
        ANNA,
        """query($at: BigInt) { queue(minPosition: $at) {
             nodes { number clientName holder { name } waitingSince } position } }""",
        at=last["position"],
    )["queue"]
    assert [row["number"] for row in told["nodes"]] == [1, 2]
    assert told["position"] >= last["position"]
