"""Comments, and what is done with messages after they were written."""

from functools import partial
from typing import Any

import pytest

from tests.graphql.company import ANNA, BORIS, CAROL, DAVE, GROUP, Company, GraphQLRefused

POSTED = "ticketId messageId kept number position"
THREAD = """query($t: ID!, $at: BigInt) {
  thread(ticketId: $t, first: 20, minPosition: $at) { nodes {
    id text direction version versions { version text } withdrawnAt replyToId quote
    pieces { kind text } details kind reactions { byClient by { name } emoji } } } }"""


def thread(company: Company, ticket: str) -> list[dict[str, Any]]:
    at = company.service.head()
    nodes: list[dict[str, Any]] = company.admin(THREAD, t=ticket, at=at)["thread"]["nodes"]
    return nodes


def group(message_id: int) -> dict[str, int]:
    return {"chatId": GROUP, "messageId": message_id}


def private(message_id: int, of: int = CAROL) -> dict[str, int]:
    return {"chatId": of, "messageId": message_id}


class Desk:
    """A ticket of Carol's, discussed under message 7 of the group; her question stands as 8."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.ticket = company.writes(CAROL, "My order?", place=private(1))["ticketId"]
        bot = company.bot
        company.order(bot, "openThread", "position", ticketId=self.ticket, groupId=GROUP, rootId=7)
        company.order(bot, "showCard", "position", ticketId=self.ticket, place=group(6))
        (question,) = thread(company, self.ticket)
        self.arrives(question["id"], group(8))

    def arrives(self, message: str, place: dict[str, int], **more: Any) -> None:
        of_client = place["chatId"] > 0
        key = self.company.client_key if of_client else self.company.manager_key
        told = {"ticketId": self.ticket, "messageId": message, "place": place, **more}
        asking = partial(self.company.service.ask, key)
        self.company.order(asking, "confirmDelivery", "position", **told)

    def says(self, who: int, text: str, place: dict[str, int], **more: Any) -> dict[str, Any]:
        told = {"content": {"text": text}, "place": place} | more
        if "ticketId" not in told:
            told.setdefault("thread", {"groupId": GROUP, "rootId": 7})
        asking = partial(self.company.manager, who)
        return self.company.order(asking, "postMessage", POSTED, **told)

    def staff(self, who: int, name: str, **told: Any) -> dict[str, Any]:
        answer = {"editMessage": "number kept", "withdrawMessage": "number"}.get(name, "position")
        return self.company.order(partial(self.company.manager, who), name, answer, **told)

    def client(self, name: str, who: int = CAROL, **told: Any) -> dict[str, Any]:
        answer = {"editMessage": "number kept", "withdrawMessage": "number"}.get(name, "position")
        return self.company.order(partial(self.company.client, who), name, answer, **told)


@pytest.fixture
def desk(acme: Company) -> Desk:
    return Desk(acme)


def test_a_comment_keeps_what_it_replies_to_unless_that_is_the_post_or_the_card(
    desk: Desk,
) -> None:
    (question,) = thread(desk.company, desk.ticket)
    desk.says(ANNA, "Soon", group(9), replyTo=group(8), quote="order")
    for n, other in enumerate((7, 6, 404)):
        desk.says(ANNA, f"More {n}", group(10 + n), replyTo=group(other))
    replies = [(one["replyToId"], one["quote"]) for one in thread(desk.company, desk.ticket)]
    assert replies == [(None, ""), (question["id"], "order"), *[(None, "")] * 3]


@pytest.mark.parametrize("root", [7, 6, 8])
def test_a_thread_is_named_by_its_root_its_card_or_a_message_in_it(desk: Desk, root: int) -> None:
    said = desk.says(ANNA, "Soon", group(9), thread={"groupId": GROUP, "rootId": root})
    assert (said["ticketId"], said["kept"]) == (desk.ticket, "SENT")
    with pytest.raises(GraphQLRefused) as refused:
        desk.says(ANNA, "Soon", group(9), thread={"groupId": GROUP, "rootId": 500})
    assert refused.value.code == "NotFound"


@pytest.mark.proves("S1-E5")
def test_words_that_tell_who_the_manager_is_stay_with_the_staff(desk: Desk) -> None:
    said = desk.says(ANNA, "Ask for Smirnova", group(9), signedAs=["Anya", "Smirnova"])
    assert said["kept"] == "REVEALING"
    assert [one["direction"] for one in thread(desk.company, desk.ticket)] == ["IN", "NOTE"]
    desk.says(ANNA, "Soon", group(10))
    with pytest.raises(GraphQLRefused) as refused:
        desk.staff(
            ANNA,
            "editMessage",
            place=group(10),
            content={"text": "Soon, Smirnova"},
            signedAs=["Smirnova"],
        )
    assert refused.value.code == "TellsWhoYouAre"


@pytest.mark.proves("S1-33")
def test_where_tickets_are_claimed_by_hand_a_comment_claims_nothing(desk: Desk) -> None:
    desk.company.order(desk.company.admin, "setRoutingPolicy", "position", rule="MANUAL")
    assert desk.says(ANNA, "Soon", group(9))["kept"] == "UNCLAIMED"


@pytest.mark.proves("S1-22")
def test_an_author_edits_what_they_wrote_and_every_version_is_kept(desk: Desk) -> None:
    desk.says(ANNA, "Soon", group(9))
    assert desk.staff(ANNA, "editMessage", place=group(9), content={"text": "Tomorrow"}) == {
        "number": 1,
        "kept": "SENT",
    }
    told = {"place": private(1), "content": {"text": "My order, please?"}}
    assert desk.client("editMessage", **told)["kept"] is None
    question, answer = thread(desk.company, desk.ticket)
    assert (question["text"], question["version"]) == ("My order, please?", 2)
    texts = [(one["version"], one["text"]) for one in answer["versions"]]
    assert texts == [(1, "Soon"), (2, "Tomorrow")]
    assert question["versions"][0]["text"] == "My order?"


def test_nobody_edits_or_takes_back_what_another_wrote(desk: Desk) -> None:
    desk.says(ANNA, "Soon", group(9))
    edits = {"place": group(9), "content": {"text": "Never"}}
    tries = [
        (partial(desk.staff, BORIS), edits, "NoSuchMessage"),
        (desk.client, edits, "NoSuchMessage"),
        (partial(desk.client, who=DAVE), {**edits, "place": private(1, DAVE)}, "NotFound"),
        (partial(desk.staff, ANNA), {**edits, "place": group(8)}, "NotFound"),
        (partial(desk.staff, ANNA), {**edits, "place": group(404)}, "NotFound"),
    ]
    for order, told, code in tries:
        for name in ("editMessage", "withdrawMessage"):
            given = told if name == "editMessage" else {"place": told["place"]}
            with pytest.raises(GraphQLRefused) as refused:
                order(name, **given)
            assert refused.value.code == code, (order, name)


def test_an_answer_cannot_become_a_note_but_a_note_stays_one(desk: Desk) -> None:
    desk.says(ANNA, "Soon", group(9))
    desk.staff(ANNA, "addNote", ticketId=desk.ticket, content={"text": "hm"}, place=group(10))
    told = {"content": {"text": "He is angry"}, "note": True}
    assert desk.staff(ANNA, "editMessage", place=group(10), **told)["kept"] == "NOTE"
    with pytest.raises(GraphQLRefused) as refused:
        desk.staff(ANNA, "editMessage", place=group(9), **told)
    assert refused.value.code == "SentAlready"


def test_what_was_withdrawn_is_not_shown_to_the_client_any_more(desk: Desk) -> None:
    desk.says(ANNA, "Soon", group(9))
    desk.staff(ANNA, "withdrawMessage", place=group(9))
    assert thread(desk.company, desk.ticket)[1]["withdrawnAt"] is not None
    seen = desk.company.client(
        CAROL, "query($t: ID!) { thread(ticketId: $t) { nodes { text } } }", t=desk.ticket
    )
    assert seen["thread"]["nodes"] == [{"text": "My order?"}]


def test_reactions_are_put_under_originals_and_copies(desk: Desk) -> None:
    answer = desk.says(ANNA, "Soon", group(9))
    desk.arrives(answer["messageId"], private(30))
    desk.client("react", place=private(30), emoji=["👍"])
    desk.staff(BORIS, "react", place=group(8), emoji=["👀"])
    desk.staff(ANNA, "react", place=group(8), emoji=["🔥"])
    desk.staff(ANNA, "react", place=group(8), emoji=[])
    question, answer = thread(desk.company, desk.ticket)
    assert question["reactions"] == [{"byClient": False, "by": {"name": "Boris"}, "emoji": ["👀"]}]
    assert answer["reactions"] == [{"byClient": True, "by": None, "emoji": ["👍"]}]
    seen = desk.company.client(
        CAROL,
        "query($t: ID!) { thread(ticketId: $t) { nodes { reactions { byClient emoji } } } }",
        t=desk.ticket,
    )["thread"]["nodes"]
    assert [one["reactions"] for one in seen] == [[], [{"byClient": True, "emoji": ["👍"]}]]
    with pytest.raises(GraphQLRefused) as refused:
        desk.staff(ANNA, "react", place=group(404), emoji=["👍"])
    assert refused.value.code == "NotFound"


def test_a_client_knows_nothing_of_notes_however_they_ask(desk: Desk) -> None:
    desk.staff(ANNA, "addNote", ticketId=desk.ticket, content={"text": "hm"}, place=group(10))
    for name, told in (
        ("react", {"emoji": ["👍"]}),
        ("withdrawMessage", {}),
        ("editMessage", {"content": {"text": "x"}}),
    ):
        with pytest.raises(GraphQLRefused) as refused:
            desk.client(name, place=group(10), **told)
        assert refused.value.code == "NotFound"


@pytest.mark.proves("S1-E6")
def test_an_album_is_one_message_that_is_edited_and_met_by_its_items(desk: Desk) -> None:
    pieces = [
        {"messageId": 20 + n, "kind": "PHOTO", "fileId": f"f{n}", "text": text}
        for n, text in enumerate(("front", ""))
    ]
    desk.company.writes(CAROL, "", content={"kind": "ALBUM", "pieces": pieces}, place=private(20))
    album = thread(desk.company, desk.ticket)[1]
    desk.arrives(album["id"], group(40), pieces=[40, 41])
    told = {"kind": "PHOTO", "fileId": "f1", "text": "back"}
    desk.client("editMessage", place=private(21), content=told)
    desk.staff(ANNA, "react", place=group(41), emoji=["👍"])
    album = thread(desk.company, desk.ticket)[1]
    shown = [(one["kind"], one["text"]) for one in album["pieces"]]
    assert shown == [("PHOTO", "front"), ("PHOTO", "back")]
    assert [one["emoji"] for one in album["reactions"]] == [["👍"]]
    assert [one["text"] for one in album["versions"]] == ["front", "front\nback"]
