"""Subscriptions over graphql-transport-ws: what happens, as it happens, to whoever may know."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.graphql.company import ANNA, CAROL, STRANGER, Company, Service

EVENTS = "subscription($after: BigInt) { events(after: $after) { position kind subject actor } }"
QUEUE = "subscription { queueChanged { position ticketId } }"


@pytest.fixture(scope="module")
def company(service: Service) -> Company:
    """For those who are turned away."""
    with Company.founded(service, "Listened to") as founded:
        return founded


@asynccontextmanager
async def connected(
    acme: Company, key: str | None, telegram: int | None = None, *, init: bool = True
) -> AsyncIterator[ClientConnection]:
    address = acme.service.address.replace("http", "ws") + "/graphql"
    protocol = Subprotocol("graphql-transport-ws")
    async with connect(address, subprotocols=[protocol]) as socket:
        if init:
            payload: dict[str, Any] = {}
            if key is not None:
                payload["Authorization"] = f"Bearer {key}"
            if telegram is not None:
                payload["x-telegram-user"] = telegram
            await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        yield socket


async def told(socket: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(5):
        message: dict[str, Any] = json.loads(await socket.recv())
    return message


async def subscribe(socket: ClientConnection, query: str, **variables: Any) -> None:
    payload = {"query": query, "variables": variables}
    await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))


async def test_events_come_from_a_position_on_and_then_as_they_happen(acme: Company) -> None:
    first = await asyncio.to_thread(acme.writes, CAROL, "hello")
    async with connected(acme, acme.admin_key) as socket:
        assert (await told(socket))["type"] == "connection_ack"
        await subscribe(socket, EVENTS, after=first["position"] - 1)
        seen = (await told(socket))["payload"]["data"]["events"]
        assert (seen["position"], seen["kind"]) == (first["position"], "Thread.Planned")
        claimed = await asyncio.to_thread(acme.claims, ANNA, first["ticketId"])
        kinds = [(await told(socket))["payload"]["data"]["events"] for _ in range(2)]
        assert [event["kind"] for event in kinds] == ["Ticket.ClaimAttempted", "Ticket.Claimed"]
        assert kinds[1]["position"] == claimed["position"]
        assert kinds[1]["actor"] == f"person:{acme.anna}"


async def test_another_companys_events_are_not_told(acme: Company, globex: Company) -> None:
    async with connected(acme, acme.admin_key) as socket:
        await told(socket)
        await subscribe(socket, EVENTS)
        await asyncio.sleep(0)
        await asyncio.to_thread(globex.writes, CAROL, "secret")
        await asyncio.to_thread(acme.admin, "{ workspace { name } }")
        own = await asyncio.to_thread(acme.writes, CAROL, "own")
        events = []
        while not events or events[-1]["position"] < own["position"]:
            events.append((await told(socket))["payload"]["data"]["events"])
    told_of = await asyncio.to_thread(acme.admin, "{ events(first: 100) { nodes { position } } }")
    known = {row["position"] for row in told_of["events"]["nodes"]}
    assert {event["position"] for event in events} <= known


async def test_the_queue_asked_again_shows_what_changed(acme: Company) -> None:
    async with connected(acme, acme.manager_key, ANNA) as socket:
        await told(socket)
        await subscribe(socket, QUEUE)
        posted, change = {}, None
        for attempt in range(20):  # the subscription begins somewhen after its message was sent
            posted = await asyncio.to_thread(acme.writes, CAROL, f"hello {attempt}")
            try:
                async with asyncio.timeout(0.5):
                    change = await told(socket)
                break
            except TimeoutError:
                continue
        assert change is not None
        assert change["payload"]["data"]["queueChanged"]["ticketId"] == posted["ticketId"]
        shown = await asyncio.to_thread(acme.admin, "{ queue { position nodes { ticketId } } }")
        assert [row["ticketId"] for row in shown["queue"]["nodes"]] == [posted["ticketId"]]


GONE = """mutation($b: BigInt!) {
  disconnectBot(input: {commandId: "gone", botId: $b}) { position } }"""
LEFT = """mutation($p: ID!) { leaveStaff(input: {commandId: "left", personId: $p}) { position } }"""


@pytest.mark.parametrize("end", ["NotSignedIn", "NotStaff"])
async def test_whoever_may_listen_no_longer_is_told_so_and_nothing_else(
    acme: Company, end: str
) -> None:
    async with connected(acme, acme.manager_key, ANNA) as socket:
        await told(socket)
        await subscribe(socket, QUEUE)
        if end == "NotSignedIn":
            await asyncio.to_thread(acme.admin, GONE, b=acme.manager_bot)
        else:
            await asyncio.to_thread(acme.admin, LEFT, p=acme.anna)
        for _ in range(2):  # the second time from the beginning
            answer = (await told(socket))["payload"]
            assert answer["data"] is None
            assert answer["errors"][0]["extensions"]["code"] == end
            assert (await told(socket))["type"] == "complete"
            await subscribe(socket, QUEUE)


@pytest.mark.parametrize("key", [None, "nonsense", "a" * 16 + "." + "b" * 43])
async def test_whoever_has_no_key_is_turned_away(company: Company, key: str | None) -> None:
    async with connected(company, key) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            await told(socket)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4403


async def test_a_stranger_of_a_bot_is_turned_away(company: Company) -> None:
    async with connected(company, company.manager_key, STRANGER) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            await told(socket)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4403


async def test_subscribing_before_signing_in_is_refused(company: Company) -> None:
    async with connected(company, None, init=False) as socket:
        await subscribe(socket, EVENTS)
        with pytest.raises(ConnectionClosed) as closed:
            await told(socket)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (EVENTS, "NotAllowed"),
        ("{ workspace { name } }", "BadRequest"),
        ('mutation { stopDesk(input: {commandId: "ws"}) { position } }', "BadRequest"),
        ("subscription { nonsense }", "BadRequest"),
        ("subscription { queueChanged { position } ...F } fragment F on X { a }", "BadRequest"),
    ],
)
async def test_what_may_not_be_asked_is_told_by_an_error(
    company: Company, query: str, code: str
) -> None:
    async with connected(company, company.manager_key, ANNA) as socket:
        await told(socket)
        await subscribe(socket, query)
        answer = await told(socket)
    assert answer["type"] == "error"
    assert answer["payload"][0]["extensions"]["code"] == code


@pytest.mark.parametrize(
    "message",
    [
        "null",
        "[]",
        "{",
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": "1", "payload": []}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 5}}',
        '{"type": "subscribe", "id": [], "payload": {"query": "{a}"}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{a}", "variables": []}}',
        '{"type": "nonsense"}',
        '{"id": "\\ud800", "type": "ping"}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "' + "x" * 70_000 + '"}}',
    ],
)
async def test_a_bad_message_ends_the_connection_with_a_reason(
    company: Company, message: str
) -> None:
    async with connected(company, company.admin_key) as socket:
        await told(socket)
        await socket.send(message)
        with pytest.raises(ConnectionClosed) as closed:
            await told(socket)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code in {4400, 1009}


async def test_a_binary_message_ends_the_connection(company: Company) -> None:
    async with connected(company, company.admin_key) as socket:
        await told(socket)
        await socket.send(b"\xff\x00")
        with pytest.raises(ConnectionClosed):
            await told(socket)
    assert await asyncio.to_thread(company.admin, "{ workspace { name } }")
