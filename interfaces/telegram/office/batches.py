"""Batches: how far the deals of retired stages have come, and the way to let them wait."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Pressed
from interfaces.telegram.client.batches import BatchesBatches
from interfaces.telegram.client.enums import BatchState
from interfaces.telegram.colleagues import Action, Colleague, Outcome
from interfaces.telegram.marks import progress_of
from interfaces.telegram.office.deal_filters import leads
from interfaces.telegram.office.lists import EVERYTHING
from interfaces.telegram.screens import Button, Screen

SHOWN: Final = 5


async def batches(me: Colleague, since: int | None = None) -> Screen:
    """The newest batches, each with what can be done about it. For leaders."""
    told = await me.api.batches(SHOWN, since)
    if told.me.person is None or not leads(told.me.person.roles):
        return Screen(me.say("NotAllowed"))
    known = told.batches
    if not known:
        return Screen(me.say("no_batches"))
    lines = [me.say("batches_head"), *(_line(me, one) for one in known)]
    rows = [[_button(me, one)] for one in known if one.state is not BatchState.COMPLETED]
    again = [me.button("look_again", "batches", EVERYTHING)]
    return Screen("\n\n".join(lines), [*rows, again])


def _line(me: Colleague, batch: BatchesBatches) -> str:
    skipped, done = batch.skipped_count, batch.moved
    names = {"pipeline": batch.pipeline.name, "begin": batch.from_.name, "end": batch.to.name}
    told = me.say(f"batch_{batch.state.value.lower()}", moved=batch.moved, left=batch.left)
    lines = [me.say("batch_named", **names), progress_of(done, done + batch.left), told]
    return "\n".join(lines + ([me.say("batch_left_out", count=skipped)] if skipped else []))


def _button(me: Colleague, batch: BatchesBatches) -> Button:
    stops = batch.state is BatchState.RUNNING
    action = "halt" if stops else "goon"
    key = "do_pause_batch" if stops else "do_resume_batch"
    button = me.button(key, action, batch.id)
    return {**button, "text": f"{button['text']}: {batch.from_.name}"}


async def _see(me: Colleague, _: Pressed) -> Outcome:
    return Outcome(shown=await batches(me))


async def _pause(me: Colleague, about: Pressed) -> Outcome:
    done = (await me.api.pause_batch(me.command_id, about.id)).pause_batch
    return Outcome(me.say("batch_waits"), await batches(me, done.position))


async def _resume(me: Colleague, about: Pressed) -> Outcome:
    done = (await me.api.resume_batch(me.command_id, about.id)).resume_batch
    return Outcome(me.say("batch_goes_on"), await batches(me, done.position))


ACTIONS: Mapping[str, Action] = {"batches": _see, "halt": _pause, "goon": _resume}
