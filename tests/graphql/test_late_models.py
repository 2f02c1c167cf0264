"""Read models that are late: "not yet", never a final answer from what they do not know yet."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.graphql.company import (
    ANNA,
    CAROL,
    DAVE,
    GROUP,
    OPENED,
    Company,
    GraphQLRefused,
    Service,
)
from tests.graphql.conftest import Town
from tests.graphql.test_subscriptions import QUEUE, connected, subscribe, told
from tests.postgres_fixture import Databases

EVE = 777
POST = """mutation($i: PostMessageInput!) { postMessage(input: $i) { ticketId replayed } }"""


@pytest.fixture(scope="module")
def stalled(databases: Databases) -> Iterator[Service]:
    """An installation whose read models stay where they are."""
    name = databases.create()
    town = Town(databases.of(name))
    service = town.start()
    with Company.founded(service, "Known") as known:  # so that the models hold something
        known.writes(CAROL, "hello")
        known.admin("query($p: BigInt) { me(minPosition: $p) { __typename } }", p=service.head())
    town.stall()
    yield service
    service.http.close()
    town.close()
    databases.drop(name)


@pytest.fixture(scope="module")
def late(stalled: Service) -> Company:
    """A company that no read model knows: a ticket in a thread, and Eve who joined."""
    with Company.founded(stalled, "Late") as company:
        company.hire("Eve", EVE)
        return company


@pytest.fixture(scope="module")
def ticket(late: Company) -> dict[str, Any]:
    written = late.writes(CAROL, "first", place={"chatId": CAROL, "messageId": 1})
    late.bot(
        """mutation($t: ID!, $g: BigInt!) { openThread(
             input: {commandId: "thread", ticketId: $t, groupId: $g, rootId: 7}) { position } }""",
        t=written["ticketId"],
        g=GROUP,
    )
    return written


def code_of(ask: Callable[[], Any]) -> str:
    try:
        return repr(ask())
    except GraphQLRefused as refused:
        return refused.code


async def listens(company: Company, telegram: int) -> None:
    async with connected(company, company.manager_key, telegram) as socket:
        assert (await told(socket))["type"] == "connection_ack"
        await subscribe(socket, QUEUE)
        answer = (await told(socket))["payload"]
    if answer.get("errors"):
        raise GraphQLRefused(answer["errors"])


@pytest.mark.proves("P13")
def test_what_a_late_model_does_not_know_is_not_yet_known(
    late: Company, ticket: dict[str, Any]
) -> None:
    id, number, new = ticket["ticketId"], ticket["number"], late.new
    message = {"content": {"text": "more"}, "place": {"chatId": 5, "messageId": 6}}
    reply = {**message, "profile": {"name": "C"}, "replyTo": {"chatId": CAROL, "messageId": 1}}
    asked = {
        "a manager's claim": lambda: late.claims(EVE, id),
        "a manager's subscription": lambda: asyncio.run(listens(late, EVE)),
        "a client's reply": lambda: late.client(CAROL, POST, i={**reply, "commandId": new()}),
        "an answer in a thread": lambda: late.manager(
            ANNA, POST, i={**message, "commandId": new(), "thread": {"groupId": GROUP, "rootId": 7}}
        ),
        "a ticket": lambda: late.admin("query($t: ID!) { ticket(id: $t) { number } }", t=id),
        "a ticket's number": lambda: late.admin(
            "query($n: Int!) { ticket(number: $n) { id } }", n=number
        ),
        "a thread": lambda: late.admin(
            "query($t: ID!) { thread(ticketId: $t) { position } }", t=id
        ),
        "a client": lambda: late.admin("query($t: ID!) { client(id: $t) { name } }", t=id),
        "oneself": lambda: late.client(CAROL, "{ me { client { name } } }"),
        "the company": lambda: late.admin("{ workspace { name } }"),
        "one's company": lambda: late.admin("{ me { workspace { name } } }"),
    }
    with ThreadPoolExecutor(len(asked)) as together:
        codes = dict(zip(asked, together.map(code_of, asked.values()), strict=True))
    assert codes == dict.fromkeys(asked, "NotYet")


def test_what_goes_by_events_alone_does_not_wait_for_models(late: Company) -> None:
    opened = late.client(DAVE, OPENED, id=late.new(), p={"name": "Dave"})["openTicket"]
    assert opened["number"] >= 1
