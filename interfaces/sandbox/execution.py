"""Execution: a call meets its faults, is checked, carried out and written down."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from interfaces.sandbox.answering import ANSWERING
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.call import Call, Handlers
from interfaces.sandbox.copying import COPYING
from interfaces.sandbox.editing import EDITING
from interfaces.sandbox.faults import DELAY, DROP, HTML, LOSE, Fault
from interfaces.sandbox.files import Upload
from interfaces.sandbox.journal import Entry
from interfaces.sandbox.places import PLACES
from interfaces.sandbox.profiles import PROFILES
from interfaces.sandbox.removing import REMOVING
from interfaces.sandbox.sending import SENDING
from interfaces.sandbox.sending_media import SENDING_MEDIA
from interfaces.sandbox.service import SERVICE
from interfaces.sandbox.specification import MethodSpecification, specification
from interfaces.sandbox.topics import TOPICS
from interfaces.sandbox.wire import ApiError, Json, as_int, dumps
from interfaces.sandbox.world import World

HANDLERS: Final[Handlers] = (
    SENDING | SENDING_MEDIA | COPYING | EDITING | REMOVING | ANSWERING | PLACES | PROFILES | TOPICS
)
BAD_GATEWAY: Final = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"
    b"<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)


@dataclass(slots=True, frozen=True)
class Reply:
    """What goes back: a body, or nothing because the connection is cut."""

    code: int
    body: bytes
    mime: str = "application/json"
    cut: bool = False


LOST: Final = Reply(0, b"", cut=True)


async def execute(
    world: World,
    bot: Bot,
    method: str,
    raw: Mapping[str, object],
    uploads: Mapping[str, Upload] | None = None,
) -> Reply:
    """Carry out a call by name and answer as Telegram would."""
    known = specification().get(method.lower())
    if known is None:
        return refused(ApiError(404, "Not Found: method not found"))
    fields = known.decoded(raw)
    for name in uploads or ():
        if name in known.model.model_fields:
            fields.setdefault(name, f"attach://{name}")
    entry = Entry(world.now(), bot.id, known.name, fields, complaints=known.complaints(fields))
    call = Call(world, bot, fields, uploads or {})
    begun = time.perf_counter()
    reply = await _through_faults(call, known, entry)
    if call.answer_late or world.latency:
        await asyncio.sleep((call.answer_late + world.latency) / world.pace)
    entry.code = reply.code
    entry.milliseconds = (time.perf_counter() - begun) * 1000
    world.journal.write(entry)
    if known.name != "getUpdates":
        world.feed.tell("call", entry.as_json)
    return reply


async def _through_faults(call: Call, known: MethodSpecification, entry: Entry) -> Reply:
    fault = _fault(call, known.name.lower())
    if fault is None:
        return await _carried_out(call, known, entry)
    entry.fault = fault.kind
    if fault.kind == DELAY:
        await asyncio.sleep(fault.delay / call.world.pace)
        return await _carried_out(call, known, entry)
    if fault.after or fault.kind == LOSE:
        await _carried_out(call, known, entry)
    if fault.kind in {DROP, LOSE}:
        return LOST
    if fault.kind == HTML:
        return Reply(502, BAD_GATEWAY, "text/html")
    refusal = fault.refusal()
    entry.description = refusal.description
    return refused(refusal)


def _fault(call: Call, method: str) -> Fault | None:
    """Faults for any method leave polling alone, which would use them all up."""
    world, bot = call.world, call.bot.id
    chat = as_int(call.fields.get("chat_id"))
    return world.faults.for_call(method, bot, chat, by_name=method == "getupdates")


async def _carried_out(call: Call, known: MethodSpecification, entry: Entry) -> Reply:
    try:
        result = await _result(call, known)
    except ApiError as error:
        entry.description = error.description
        return refused(error)
    entry.result = result
    return Reply(200, dumps({"ok": True, "result": result}))


async def _result(call: Call, known: MethodSpecification) -> object:
    name = known.name.lower()
    if (handler := HANDLERS.get(name)) is not None:
        return handler(call)
    if (waiting := SERVICE.get(name)) is not None:

        async def again(method: str, fields: Json) -> object:
            return await execute(call.world, call.bot, method, fields)

        return await waiting(call, again)
    if known.returns_bool:
        return True
    raise ApiError(400, f"Bad Request: {known.name} is not part of this simulation")


def refused(error: ApiError) -> Reply:
    """The reply of a refusal."""
    return Reply(error.code, dumps(error.answer()))
