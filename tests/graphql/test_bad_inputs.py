"""Bad inputs over HTTP: each gets a clear answer, none a 5xx, and nothing is half done."""

import json
import socket
from typing import Any

import pytest

from tests.graphql.company import ANNA, CAROL, Company, Service

CLAIM = "mutation($id: String!, $t: ID!) { claimTicket(input: {commandId: $id, ticketId: $t}) { number } }"
POST = "mutation($i: PostMessageInput!) { postMessage(input: $i) { number } }"
NAME = 'mutation { joinStaff(input: {commandId: "%s", name: %s}) { personId } }'


def doubled(n: int) -> str:
    """A document of n fragments, each of which spreads the next one twice."""
    parts = [f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}" for i in range(n)]
    return f"{{ ...F0 }} {' '.join(parts)} fragment F{n} on Query {{ workspace {{ name }} }}"


def body(query: Any, **more: Any) -> bytes:
    return json.dumps({"query": query, **more}).encode()


BODIES = {  # as which the bytes are answered: status, and the code of the error
    "G1 empty": (b"", 400, "BadRequest"),
    "G2 a list": (b"[]", 400, "BadRequest"),
    "null": (b"null", 400, "BadRequest"),
    "a number": (b"17", 400, "BadRequest"),
    "a list of queries": (b'[{"query": "{ workspace { name } }"}]', 400, "BadRequest"),
    "G3 cut off": (b'{"query": "{ workspace', 400, "BadRequest"),
    "G4 too long": (b'{"query": "' + b"x" * 40_000 + b'"}', 413, "BadRequest"),
    "G6 UTF-16": ('{"query": "{ workspace { name } }"}'.encode("utf-16"), 400, "BadRequest"),
    "G6 byte order mark": (b"\xef\xbb\xbf" + body("{ workspace { name } }"), 400, "BadRequest"),
    "not UTF-8": (b'{"query": "{ workspace { n\xff } }"}', 400, "BadRequest"),
    "G7 lone surrogate": (b'{"query": "{a}", "operationName": "\\ud800"}', 400, "BadRequest"),
    "G8 NaN": (b'{"query": "{a}", "variables": {"a": NaN}}', 400, "BadRequest"),
    "G8 1e999": (b'{"query": "{a}", "variables": {"a": 1e999}}', 400, "BadRequest"),
    "G9 query is a number": (body(5), 400, "BadRequest"),
    "G9 query is a list": (body(["{ workspace { name } }"]), 400, "BadRequest"),
    "G9 query is null": (body(None), 400, "BadRequest"),
    "query is empty": (body("  "), 400, "BadRequest"),
    "query is a comment": (body("# nothing"), 200, "BadRequest"),
    "unknown key": (body("{ workspace { name } }", debug=True), 400, "BadRequest"),
    "variables are a list": (body("{ workspace { name } }", variables=[1]), 400, "BadRequest"),
    "operationName is a number": (body("{a}", operationName=5), 400, "BadRequest"),
    "no such operation": (
        body("query A { a: me { __typename } }", operationName="B"),
        400,
        "BadRequest",
    ),
    "G10 two operations, no name": (
        body("query A { me { __typename } } query B { me { __typename } }"),
        200,
        "BadRequest",
    ),
    "a subscription": (body("subscription { queueChanged { position } }"), 400, "BadRequest"),
    "no such document": (b'{"documentId": "abc"}', 400, "BadRequest"),
    "syntax error": (body("{ workspace { name "), 200, "BadRequest"),
    "no such field": (body("{ nonsense }"), 200, "BadRequest"),
    "a fragment that spreads itself": (
        body("{ ...A } fragment A on Query { ...A }"),
        200,
        "BadRequest",
    ),
    "200 levels": (body("{ a" * 200 + "}" * 200), 200, "QueryTooExpensive"),
    "G12 doubled 10 times": (body(doubled(10)), 200, "QueryTooExpensive"),
    "G12 doubled 60 times": (body(doubled(60)), 200, "QueryTooExpensive"),
    "G13 300 aliases": (
        body("{" + " ".join(f"a{i}: workspace {{ name }}" for i in range(150)) + "}"),
        200,
        "QueryTooExpensive",
    ),
    "6 mutations": (
        body(
            "mutation {"
            + " ".join(
                f'm{i}: startDesk(input: {{commandId: "{i}"}}) {{ position }}' for i in range(6)
            )
            + "}"
        ),
        200,
        "QueryTooExpensive",
    ),
    "too many tokens": (body("{" + " workspace" * 1_200 + "{ name } }"), 200, "BadRequest"),
    "pages of pages": (
        body("{ tickets(first: 100) { nodes { thread(first: 100) { nodes { id text } } } } }"),
        200,
        "QueryTooExpensive",
    ),
    "an amount of 30,000 digits": (
        body("{ tickets(first: " + "9" * 30_000 + ") { nodes { id } } }"),
        200,
        "QueryTooExpensive",
    ),
    "G15 first is -1": (body("{ tickets(first: -1) { nodes { id } } }"), 200, "BadPage"),
    "G15 first is 0": (body("{ tickets(first: 0) { nodes { id } } }"), 200, "BadPage"),
    "G15 first is 101": (body("{ tickets(first: 101) { nodes { id } } }"), 200, "BadPage"),
    "G15 first is 2^31": (
        body("{ tickets(first: 2147483648) { nodes { id } } }"),
        200,
        "QueryTooExpensive",
    ),
    "G15 first by variable": (
        body("query($n: Int!) { tickets(first: $n) { nodes { id } } }", variables={"n": 2**63}),
        200,
        "QueryTooExpensive",
    ),
    "G16 a number as an id": (body("{ ticket(id: 5) { id } }"), 200, "BadId"),
    "G16 a path as an id": (body('{ ticket(id: "../../etc") { id } }'), 200, "BadId"),
    "G16 SQL as an id": (body('{ ticket(id: "\' or 1=1 --") { id } }'), 200, "BadId"),
    "G16 an empty id": (body('{ ticket(id: "") { id } }'), 200, "BadId"),
    "G16 an id of 10 KB": (body('{ ticket(id: "%s") { id } }' % ("a" * 10_240)), 200, "BadId"),
    "an id with a NUL": (body('{ ticket(id: "\\u0000") { id } }'), 200, "BadId"),
    "neither id nor number": (body("{ ticket { id } }"), 200, "BadRequest"),
    "a number beyond 32 bits": (body("{ ticket(number: 99999999999) { id } }"), 200, "BadRequest"),
    "G17 a position below 0": (body("{ workspace(minPosition: -1) { name } }"), 200, "BadPosition"),
    "a position of 80 bits": (
        body("{ workspace(minPosition: 999999999999999999999999) { name } }"),
        200,
        "BadRequest",
    ),
    "a position that is a text": (
        body("query($p: BigInt) { workspace(minPosition: $p) { name } }", variables={"p": "1"}),
        200,
        "BadRequest",
    ),
    "G18 no such status": (body("{ tickets(status: LOST) { nodes { id } } }"), 200, "BadRequest"),
    "G18 no such status by variable": (
        body(
            "query($s: TicketStatus) { tickets(status: $s) { nodes { id } } }", variables={"s": "X"}
        ),
        200,
        "BadRequest",
    ),
    "G18 a field too much": (
        body('mutation { startDesk(input: {commandId: "a", workspaceId: "b"}) { position } }'),
        200,
        "BadRequest",
    ),
    "a cursor of nothing": (body('{ tickets(after: "!!!") { nodes { id } } }'), 200, "BadCursor"),
    "a cursor of another list": (
        body('{ tickets(after: "WyJjbGFpbXMiLDVd") { nodes { id } } }'),
        200,
        "BadCursor",
    ),
    "a cursor beyond 64 bits": (
        body(
            '{ tickets(after: "WyJ0aWNrZXRzIiw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5XQ") { nodes { id } } }'
        ),
        200,
        "BadCursor",
    ),
    "a cursor of 20 KB": (
        body('{ tickets(after: "%s") { nodes { id } } }' % ("A" * 20_000)),
        200,
        "BadCursor",
    ),
    "a kind with a NUL": (
        body('{ events(kinds: ["\\u0000"]) { nodes { kind } } }'),
        200,
        "BadText",
    ),
    "an actor with a NUL": (
        body('{ events(actor: "a\\u0000") { nodes { kind } } }'),
        200,
        "BadText",
    ),
    "a time that is none": (
        body('{ events(from: "yesterday") { nodes { kind } } }'),
        200,
        "BadRequest",
    ),
    "an empty command id": (
        body('mutation { startDesk(input: {commandId: ""}) { position } }'),
        200,
        "BadText",
    ),
    "a long command id": (
        body('mutation { startDesk(input: {commandId: "%s"}) { position } }' % ("a" * 201)),
        200,
        "BadText",
    ),
    "a command id with a line break": (
        body('mutation { startDesk(input: {commandId: "a\\nb"}) { position } }'),
        200,
        "BadText",
    ),
    "a name that is empty": (body(NAME % ("e1", '" "')), 200, "BadText"),
    "a name with a NUL": (body(NAME % ("e2", '"a\\u0000b"')), 200, "BadText"),
    "a name of 10 KB": (body(NAME % ("e3", f'"{"n" * 10_000}"')), 200, "BadText"),
    "a role twice": (
        body(
            'mutation { joinStaff(input: {commandId: "e4", name: "x", roles: [OWNER, OWNER]}) { personId } }'
        ),
        200,
        "BadText",
    ),
    "a token of nobody": (
        body(
            'mutation { connectBot(input: {commandId: "e5", token: "1:bad", role: CLIENT}) { botId } }'
        ),
        200,
        "BadToken",
    ),
    "a token that is an address": (
        body(
            'mutation { connectBot(input: {commandId: "e6", token: "1:a/../x?y", role: CLIENT}) { botId } }'
        ),
        200,
        "BadToken",
    ),
    "a ticket that is not there": (
        body(CLAIM.replace("claimTicket", "closeTicket"), variables={"id": "e7", "t": "0" * 32}),
        200,
        "NotFound",
    ),
}


@pytest.fixture(scope="module")
def company(service: Service) -> Company:
    with Company.founded(service, "Bad inputs") as founded:
        return founded


@pytest.mark.proves("P49")
@pytest.mark.parametrize("case", BODIES)
def test_a_bad_body_is_refused_clearly_and_changes_nothing(
    service: Service, company: Company, case: str
) -> None:
    content, status, code = BODIES[case]
    before = service.head()
    headers = {"authorization": f"Bearer {company.admin_key}", "content-type": "application/json"}
    answer = service.http.post("/graphql", content=content, headers=headers)
    assert answer.status_code == status, answer.text
    error = answer.json()["errors"][0]
    assert error["extensions"]["code"] == code, error
    assert error["message"]
    assert "Traceback" not in answer.text
    assert "psycopg" not in answer.text
    assert service.head() == before


HEADERS: dict[str, tuple[dict[str, str] | list[tuple[str, str]], int]] = {
    "G20 garbled key": ({"authorization": "Bearer nonsense"}, 401),
    "G20 foreign key": ({"authorization": f"Bearer {'a' * 16}.{'b' * 43}"}, 401),
    "G20 unsigned token": ({"authorization": "Bearer eyJhbGciOiJub25lIn0.e30."}, 401),
    "G20 8 KB": ({"authorization": f"Bearer {'a' * 8_000}"}, 401),
    "another scheme": ({"authorization": "Basic YTpi"}, 401),
    "empty": ({"authorization": ""}, 401),
    "content type of a form": ({"content-type": "application/x-www-form-urlencoded"}, 415),
    "content type of text": ({"content-type": "text/plain"}, 415),
    "no content type": ({"content-type": ""}, 415),
    "compressed": ({"content-type": "application/json", "content-encoding": "gzip"}, 415),
}


@pytest.mark.parametrize("case", HEADERS)
def test_bad_headers_are_refused(service: Service, case: str) -> None:
    headers, status = HEADERS[case]
    content = body("{ workspace { name } }")
    given = {"content-type": "application/json", **dict(headers)}
    assert service.http.post("/graphql", content=content, headers=given).status_code == status


def test_two_keys_are_none(service: Service, company: Company) -> None:
    key = f"Bearer {company.admin_key}"
    headers = [("authorization", key), ("authorization", key), ("content-type", "application/json")]
    answer = service.http.post("/graphql", content=body("{ me { __typename } }"), headers=headers)
    assert answer.status_code == 401


@pytest.mark.parametrize("user", ["0x10", "-5", "12a", "9" * 30, "", "１２"])
def test_a_telegram_user_is_a_number(service: Service, company: Company, user: str) -> None:
    headers = [
        (b"authorization", f"Bearer {company.client_key}".encode()),
        (b"x-telegram-user", user.encode()),
        (b"content-type", b"application/json"),
    ]
    answer = service.http.post("/graphql", content=body("{ me { __typename } }"), headers=headers)
    assert answer.status_code == 400


def test_only_bots_act_for_somebody(service: Service, company: Company) -> None:
    assert service.post(company.admin_key, {"query": "{ me { __typename } }"}, 5).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(service: Service, method: str) -> None:
    assert service.http.request(method, "/graphql").status_code == 405


def test_g11_nothing_is_executed_by_get(service: Service, company: Company) -> None:
    before = service.head()
    query = 'mutation { stopDesk(input: {commandId: "get"}) { position } }'
    answer = service.http.get(
        "/graphql",
        params={"query": query},
        headers={"authorization": f"Bearer {company.admin_key}"},
    )
    assert answer.headers["content-type"].startswith("text/html")
    assert service.head() == before


def test_g5_a_body_without_end_is_ended(service: Service) -> None:
    port = int(service.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as stream:
        stream.sendall(
            b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            b'transfer-encoding: chunked\r\n\r\n5\r\n{"que\r\n'
        )
        assert stream.recv(100).startswith(b"HTTP/1.1 408")


def test_a_chunked_body_that_is_too_long_is_ended(service: Service) -> None:
    def chunks() -> Any:
        for _ in range(100):
            yield b"x" * 1_000

    answer = service.http.post(
        "/graphql", content=chunks(), headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413


CONTENTS: dict[str, tuple[dict[str, Any], str]] = {
    "no text": ({"text": ""}, "BadContent"),
    "a text of 4097 characters": ({"text": "ж" * 4_097}, "BadText"),
    "a text of 2049 emoji": ({"text": "😀" * 2_049}, "BadText"),
    "a photo without a file": ({"kind": "PHOTO", "text": "x"}, "BadContent"),
    "entities that are no list": ({"text": "x", "entities": {"a": 1}}, "BadContent"),
    "entities that are no objects": ({"text": "x", "entities": [1]}, "BadContent"),
    "101 entities": ({"text": "x", "entities": [{}] * 101}, "BadContent"),
    "a file id of 10 KB": ({"kind": "PHOTO", "fileId": "f" * 10_000}, "BadText"),
    "a file id with a NUL": ({"kind": "PHOTO", "fileId": "f\x00"}, "BadText"),
    "no such kind": ({"kind": "HOLOGRAM"}, "BadRequest"),
}


@pytest.mark.parametrize("case", CONTENTS)
def test_bad_contents_are_refused_and_nothing_is_opened(
    service: Service, company: Company, case: str
) -> None:
    content, code = CONTENTS[case]
    before = service.head()
    told = {"commandId": company.new(), "content": content, "profile": {"name": "C"}}
    answer = service.post(company.client_key, {"query": POST, "variables": {"i": told}}, CAROL)
    assert answer.status_code == 200
    assert answer.json()["errors"][0]["extensions"]["code"] == code, answer.text
    assert service.head() == before


def test_what_cannot_be_shown_is_replaced_in_messages_and_offsets_stay(acme: Company) -> None:
    entity = {"type": "bold", "offset": 2, "length": 3}
    mention = {"type": "text_mention", "offset": 0, "length": 1, "user": {"id": 5}}
    content = {"text": "a\x00bold\x07\n", "entities": [entity, mention]}
    posted = acme.writes(CAROL, "", content=content)
    shown = acme.admin(
        "query($t: ID!, $at: BigInt) { thread(ticketId: $t, minPosition: $at) { nodes { text } }"
        ' events(kinds: ["Ticket.MessageReceived"]) { nodes { data } } }',
        t=posted["ticketId"],
        at=posted["position"],
    )
    assert shown["thread"]["nodes"] == [{"text": "a\ufffdbold\ufffd\n"}]
    assert shown["events"]["nodes"][0]["data"]["content"]["entities"] == [entity]


def test_a_manager_names_one_ticket_in_one_way(acme: Company) -> None:
    ticket = acme.opens()
    for place in ({}, {"ticketId": ticket["ticketId"], "thread": {"groupId": 1, "rootId": 2}}):
        told = {"commandId": acme.new(), "content": {"text": "x"}, **place}
        body = {"query": POST, "variables": {"i": told}}
        answer = acme.service.post(acme.manager_key, body, ANNA)
        assert answer.json()["errors"][0]["extensions"]["code"] == "BadRequest"
