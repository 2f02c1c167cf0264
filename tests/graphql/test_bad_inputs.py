"""Bad inputs over HTTP: each gets a clear answer, none a 5xx, and nothing is half done."""

import socket
from typing import Any

import pytest

from tests.graphql.bad_bodies import BODIES, body
from tests.graphql.company import ANNA, CAROL, Company, Service

POST = "mutation($i: PostMessageInput!) { postMessage(input: $i) { number } }"


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
        for _ in range(300):
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
