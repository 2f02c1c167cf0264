"""The control interface: what people do, what goes wrong and what happened, as JSON.

Every operation takes one JSON object by POST under `/emu/` and answers with another.
"""

from typing import Final

from interfaces.sandbox.acting import ACTING, WAITING
from interfaces.sandbox.founding import FOUNDING
from interfaces.sandbox.troubles import TROUBLES
from interfaces.sandbox.views import VIEWS
from interfaces.sandbox.wire import Json
from interfaces.sandbox.world import World

OPERATIONS: Final = FOUNDING | ACTING | TROUBLES | VIEWS


async def operate(world: World, name: str, body: Json) -> Json | None:
    """Carry out an operation by name; nothing when there is none of this name."""
    if (operation := OPERATIONS.get(name)) is not None:
        return operation(world, body)
    if (waiting := WAITING.get(name)) is not None:
        return await waiting(world, body)
    return None
