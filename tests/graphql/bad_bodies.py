"""Bodies that are no good request: the bytes, the status of the answer, the code of its error."""

import json
from typing import Any

CLAIM = """mutation($id: String!, $t: ID!) {
  claimTicket(input: {commandId: $id, ticketId: $t}) { number } }"""
NAME = 'mutation { joinStaff(input: {commandId: "%s", name: %s}) { personId } }'
BOT = """mutation {
  connectBot(input: {commandId: "%s", token: "%s", role: CLIENT}) { botId } }"""


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
    "G4 too long": (b'{"query": "' + b"x" * 270_000 + b'"}', 413, "BadRequest"),
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
        body(NAME.replace("name: %s", "name: %s, roles: [OWNER, OWNER]") % ("e4", '"x"')),
        200,
        "BadText",
    ),
    "a token of nobody": (
        body(BOT % ("e5", "1:bad")),
        200,
        "BadToken",
    ),
    "a token that is an address": (
        body(BOT % ("e6", "1:a/../x?y")),
        200,
        "BadToken",
    ),
    "a ticket that is not there": (
        body(CLAIM.replace("claimTicket", "closeTicket"), variables={"id": "e7", "t": "0" * 32}),
        200,
        "NotFound",
    ),
}
