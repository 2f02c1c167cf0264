"""A GraphQL server of few words over real HTTP: notes what is asked, answers from a table."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from aiohttp import web

from tests.telegram.office_answers import OFFICE

Json = dict[str, Any]
DONE = {"replayed": False}
LAST = {"hasNextPage": False, "endCursor": None}
OWN = {"workspace": {"settings": {"zone": "Europe/Moscow", "reopenWithin": 10_080}}}
POSTED: Json = {
    "number": 7,
    "opened": False,
    "reopened": False,
    "asked": None,
    "askedAgain": False,
    "kept": None,
    **DONE,
}
ANSWERS: dict[str, Json] = {
    "RegisterClient": {"registerClient": DONE},
    "MarkUnreachable": {"markUnreachable": DONE},
    "MyTickets": {"me": {"activeTicketId": None, "heldMessages": 0, "openTickets": []}},
    "ClosedTickets": {"tickets": {"nodes": [], "pageInfo": LAST}},
    "Correspondence": {"thread": {"nodes": [], "pageInfo": LAST}},
    "OwnTicket": {"ticket": None, "me": OWN},
    "OwnTexts": {"me": {"workspace": {"settings": {"texts": []}}}},
    "OwnZone": {"me": OWN},
    "ChosenLanguage": {"me": {"language": None}},
    "ChooseLanguage": {"chooseLanguage": DONE},
    "ChooseTopic": {"chooseTopic": {"number": None, **DONE}},
    "PlaceMessages": {"placeMessages": {"number": 7}},
    "EditMessage": {"editMessage": {"number": 7, "kept": None, **DONE}},
    "WithdrawMessage": {"withdrawMessage": {"number": 7, **DONE}},
    "React": {"react": DONE},
    "CommentRating": {"commentRating": DONE},
    "Topics": {"me": {"workspace": {"topics": []}}},
    "ChooseConversation": {"chooseConversation": {"number": 7}},
    "RateTicket": {"rateTicket": {"number": 7}},
    "CloseTicket": {"closeTicket": {"number": 7}},
    "ReopenTicket": {"reopenTicket": {"number": 7}},
    "PostMessage": {"postMessage": POSTED},
    "AddNote": {"addNote": {"number": 7, **DONE}},
    "ConfirmDelivery": {"confirmDelivery": DONE},
    "ReportFailure": {"reportFailure": DONE},
    "ConfirmPost": {"confirmPost": DONE},
    "OpenThread": {"openThread": DONE},
    "LoseThread": {"loseThread": DONE},
    "ShowCard": {"showCard": DONE},
    "TicketPlaces": {"ticket": None},
    "ShowOffer": {"showOffer": DONE},
    "MarkExecutorUnreachable": {"markExecutorUnreachable": DONE},
    "StartExecutor": {"startExecutor": {"wanted": 0, "position": 42, **DONE}},
    "CompanyName": {"workspace": {"name": "Ромашка"}},
    "MyOrders": {"myOrders": []},
    "SharePhone": {"sharePhone": DONE},
    "LinkExecutorsChat": {"linkExecutorsChat": {"position": 42, **DONE}},
    "ExecutorsChats": {"workspace": {"language": "ru", "executorsChats": []}},
    **OFFICE,
}


class Asked(NamedTuple):
    """One operation as the server saw it: the Telegram user acted for, and in which workspace."""

    name: str
    variables: Json
    key: str
    user: int | None
    workspace: str | None


def posted(**told: Any) -> Json:
    """What became of a message that was posted."""
    return {"data": {"postMessage": {**POSTED, **told}}}


def refused(code: str) -> Json:
    return {"errors": [{"message": code, "extensions": {"code": code}}]}


@dataclass
class Api:
    """`script` overrides the table: answers one after another by operation; the last stays."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list[Asked])
    script: dict[str, list[Json | int]] = field(default_factory=dict[str, list[Json | int]])
    happened: asyncio.Condition = field(default_factory=asyncio.Condition)

    def of(self, name: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.name == name]

    async def wait(self, name: str, count: int = 1, seconds: float = 5.0) -> list[Asked]:
        """The calls of an operation, when there are so many."""
        async with asyncio.timeout(seconds), self.happened:
            await self.happened.wait_for(lambda: len(self.of(name)) >= count)
        return self.of(name)

    async def answer(self, request: web.Request) -> web.Response:
        told = await request.json()
        user = request.headers.get("x-telegram-user")
        asked = Asked(
            told["operationName"],
            told["variables"],
            request.headers["authorization"].removeprefix("Bearer "),
            None if user is None else int(user),
            request.headers.get("x-workspace"),
        )
        async with self.happened:
            self.asked.append(asked)
            self.happened.notify_all()
        planned = self.script.get(asked.name)
        answer: Json | int
        if planned:
            answer = planned.pop(0) if len(planned) > 1 else planned[0]
        else:
            answer = {"data": ANSWERS[asked.name]}
        if isinstance(answer, int):
            return web.Response(status=answer, text="not now")
        return web.json_response(answer)


@asynccontextmanager
async def serving(api: Api) -> AsyncGenerator[Api]:
    """The server on a free port of loopback."""
    app = web.Application()
    app.router.add_post("/graphql", api.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, reuse_address=True)
    await site.start()
    api.url = runner.addresses[0] and f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield api
    finally:
        await runner.cleanup()


async def eventually(true: Callable[[], object], seconds: float = 5.0) -> None:
    """Look again until it is so."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)
