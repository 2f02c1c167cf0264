"""Contents: every kind of message is taken as it is, and what does not hold together is refused."""

from functools import partial
from typing import Any

import pytest
from strawberry.scalars import JSON

from interfaces.graphql.contents import DETAILED, ContentInput
from interfaces.graphql.contents import content_of as content_of_input
from interfaces.graphql.messages import MessageKind
from tests.graphql.company import ANNA, CAROL, Company, GraphQLRefused, Service

PHOTO = {"messageId": 1, "kind": "PHOTO", "fileId": "f"}
DETAILS: dict[MessageKind, dict[str, Any]] = {
    MessageKind.LOCATION: {"latitude": 55.75, "longitude": 37.6, "live_period": 60},
    MessageKind.VENUE: {"title": "Пекарня", "address": "Арбат, 1", "latitude": 55.75},
    MessageKind.CONTACT: {"phone_number": "+7 900 000-00-00", "first_name": "Пётр"},
    MessageKind.POLL: {"question": "Когда?", "options": ["сегодня", "завтра"]},
    MessageKind.DICE: {"emoji": "🎲", "value": 5},
}


def content_of(kind: MessageKind) -> dict[str, Any]:
    """As a bot tells it."""
    content: dict[str, Any] = {"kind": kind.name}
    if kind is MessageKind.TEXT:
        content["text"] = "hello"
    elif kind in DETAILED:
        content["details"] = DETAILS[kind]
    elif kind is MessageKind.ALBUM:
        content["pieces"] = [PHOTO, PHOTO | {"messageId": 2, "text": "two"}]
    elif kind is not MessageKind.UNSUPPORTED:
        content |= {"fileId": "f", "fileSize": 5_000_000_000, "mimeType": "image/png"}
    return content


@pytest.fixture(scope="module")
def company(service: Service) -> Company:
    with Company.founded(service, "Contents") as founded:
        return founded


@pytest.mark.parametrize("kind", list(MessageKind))
def test_every_kind_is_taken_and_shown(company: Company, kind: MessageKind) -> None:
    carol = CAROL + list(MessageKind).index(kind)
    posted = company.writes(carol, "", content=content_of(kind))
    (shown,) = company.admin(
        """query($t: ID!, $at: BigInt) { thread(ticketId: $t, minPosition: $at) { nodes {
             kind text details pieces { kind text fileName } } } }""",
        t=posted["ticketId"],
        at=posted["position"],
    )["thread"]["nodes"]
    assert shown["kind"] == kind.name
    assert shown["details"] == DETAILS.get(kind, {})
    assert len(shown["pieces"]) == (2 if kind is MessageKind.ALBUM else 0)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"kind": "TEXT"}, "BadContent"),
        ({"kind": "PHOTO", "text": "no file"}, "BadContent"),
        ({"kind": "ALBUM"}, "BadContent"),
        ({"kind": "TEXT", "text": "x", "pieces": [PHOTO]}, "BadContent"),
        ({"kind": "ALBUM", "pieces": [PHOTO] * 11}, "BadContent"),
        ({"kind": "ALBUM", "pieces": [PHOTO | {"kind": "TEXT"}]}, "BadContent"),
        ({"kind": "ALBUM", "pieces": [PHOTO | {"fileId": ""}]}, "BadContent"),
        ({"kind": "ALBUM", "pieces": [PHOTO | {"text": "x" * 4_097}]}, "BadText"),
        ({"kind": "DICE"}, "BadContent"),
        ({"kind": "DICE", "details": ["🎲"]}, "BadContent"),
        ({"kind": "POLL", "details": {"options": ["x"] * 13}}, "BadContent"),
        ({"kind": "POLL", "details": {f"n{n}": n for n in range(21)}}, "BadContent"),
        ({"kind": "POLL", "details": {"question": "x" * 4_097}}, "BadText"),
        ({"kind": "PHOTO", "fileId": "f", "mimeType": "a\nb"}, "BadText"),
        ({"kind": "PHOTO", "fileId": "f", "fileName": "x" * 256}, "BadText"),
    ],
)
def test_what_does_not_hold_together_is_refused(
    company: Company, content: dict[str, Any], code: str
) -> None:
    before = company.service.head()
    with pytest.raises(GraphQLRefused) as refused:
        company.writes(CAROL, "", content=content)
    assert refused.value.code == code
    assert company.service.head() == before


def test_details_that_are_not_plain_are_left_out(company: Company) -> None:
    odd = {"value": 2**63, "deep": {"a": 1}, "none": None, "options": ["yes", 1], "emoji": "🎲"}
    posted = company.writes(2_000, "", content={"kind": "DICE", "details": odd})
    (shown,) = company.admin(
        """query($t: ID!, $at: BigInt) {
             thread(ticketId: $t, minPosition: $at) { nodes { details } } }""",
        t=posted["ticketId"],
        at=posted["position"],
    )["thread"]["nodes"]
    assert shown["details"] == {"options": ["yes"], "emoji": "🎲"}


@pytest.mark.parametrize(
    ("name", "told", "code"),
    [
        ("postMessage", {"signedAs": ["x"] * 11}, "BadRequest"),
        ("postMessage", {"signedAs": ["x" * 257]}, "BadText"),
        ("postMessage", {"quote": "x" * 1_025}, "BadText"),
        ("react", {"emoji": ["👍"] * 13}, "BadRequest"),
        ("react", {"emoji": [""]}, "BadText"),
    ],
)
def test_lists_and_texts_have_limits(
    company: Company, name: str, told: dict[str, Any], code: str
) -> None:
    ticket = company.writes(1_000, "hello")["ticketId"]
    place = {"place": {"chatId": -1, "messageId": 1}}
    whole = place if name == "react" else {"content": {"text": "x"}, "ticketId": ticket}
    with pytest.raises(GraphQLRefused) as refused:
        company.order(partial(company.manager, ANNA), name, "position", **whole, **told)
    assert refused.value.code == code


def test_numbers_that_no_json_can_hold_are_left_out() -> None:
    location = ContentInput(
        kind=MessageKind.LOCATION,
        details=JSON({"latitude": 55.75, "longitude": float("inf"), "heading": float("nan")}),
    )
    assert content_of_input(location).details == {"latitude": 55.75}
