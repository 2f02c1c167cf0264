"""Troubles on request: faults, flood limits and leaps of the clock."""

from collections.abc import Callable
from typing import Final

from interfaces.sandbox.faults import ERROR, LOSE, Fault
from interfaces.sandbox.wire import Json, as_int, bad_request
from interfaces.sandbox.world import World


def plan_fault(world: World, body: Json) -> Json:
    """`kind` may be left out: `after` without a code loses the answer, a code is an error."""
    kind = body.get("kind") or (LOSE if body.get("after") and "code" not in body else ERROR)
    fault = Fault(
        kind=str(kind),
        method=str(body.get("method") or "*"),
        bot=as_int(body.get("bot")),
        chat=as_int(body.get("chat")),
        times=as_int(body.get("times")) or 1,
        code=as_int(body.get("code")) or (429 if body.get("retry_after") else 500),
        description=str(body.get("desc") or ""),
        retry_after=as_int(body.get("retry_after")),
        delay=float(body.get("delay") or 0.0),
        after=body.get("after") is True,
    )
    try:
        world.faults.plan(fault)
    except ValueError as error:
        raise bad_request(str(error)) from error
    _tell(world)
    return {"fault": fault.as_json()}


def forget_faults(world: World, body: Json) -> Json:
    """One fault by `id`, or all."""
    world.faults.forget(as_int(body.get("id")))
    _tell(world)
    return {}


def switch_floods(world: World, body: Json) -> Json:
    """Flood limits `on` or off."""
    world.floods.on = body.get("on") is True
    _tell(world)
    return {"on": world.floods.on}


def jump(world: World, body: Json) -> Json:
    """Let `seconds` pass at once."""
    world.jump(float(body.get("seconds") or 0.0))
    _tell(world)
    return {"now": world.now()}


def hurry(world: World, body: Json) -> Json:
    """Let limits and waits pass `pace` times faster."""
    pace = body.get("pace")
    if not isinstance(pace, int | float) or not 0 < pace <= 1000:
        raise bad_request("pace is a number from 0 to 1000")
    world.hurry(float(pace))
    return {"pace": world.pace}


def _tell(world: World) -> None:
    world.feed.tell("troubles", dict)


TROUBLES: Final[dict[str, Callable[[World, Json], Json]]] = {
    "fault": plan_fault,
    "forget": forget_faults,
    "floods": switch_floods,
    "jump": jump,
    "pace": hurry,
}
