"""The relay: whatever is said or decided about a ticket is told to those whom it concerns.

A ticket becomes a post in the managers' channel. When its discussion is known, what the client has
said stands there as comments, the first of them before the card with the buttons. A manager's
answer goes to the client through the client bot, never saying whose it is.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from typing_extensions import override

from application.letters import RatingRequest, ReopenedNotice
from application.policy import Consequence, Policy, Timer
from application.ports import Letter, Past
from application.scene import Scene
from application.threads import MissThread
from domain.events import Recorded
from domain.threads import Thread
from domain.tickets import Ticket

THREAD_WAIT = timedelta(seconds=10)


class Relay(Policy):
    """Letters for clients, for the channel and for its group."""

    name: ClassVar[str] = "relay"

    def __init__(self, thread_wait: timedelta = THREAD_WAIT) -> None:
        self._thread_wait = thread_wait

    @override
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        scene = await Scene.of(happened, past)
        if scene is None:
            return ()
        letters = await _letters(scene)
        if isinstance(happened.event, Thread.Posted) and scene.thread.root_id is None:
            return (*letters, self._give_up_later(happened, scene.thread))
        return letters

    def _give_up_later(self, happened: Recorded, thread: Thread) -> Timer:
        due_at = happened.recorded_at + self._thread_wait
        command = MissThread(
            workspace_id=thread.workspace_id,
            command_id=f"policy:{self.name}:{happened.position}:1",
            actor=f"policy:{self.name}",
            at=due_at,
            cause=happened.position,
            ticket_id=thread.ticket_id,
        )
        return Timer(due_at, command)


async def _letters(scene: Scene) -> Sequence[Letter]:  # noqa: C901, PLR0911, PLR0912 - one case an event
    match scene.event:
        case Thread.Planned():
            return [await scene.post()]
        case Thread.Posted() | Thread.CardShown():
            return await scene.corrections() if scene.has_moved_on() else []
        case Thread.Opened():
            return [letter async for letter in scene.everything_said()]
        case Thread.Missed():
            return [await scene.group_post()]
        case Ticket.MessageReceived(message_id=id, content=content, place=place):
            return list(scene.question(id, content, place))
        case Ticket.MessageSent(message_id=id, content=content, place=place):
            return [scene.reply(id, content, place)]
        case Ticket.MessageDelivered():
            return [await scene.card()] if scene.wants_card() else []
        case Ticket.DeliveryFailed(message_id=id, reason=reason):
            card = [await scene.card()] if scene.wants_card() else []
            return [*card, *[letter async for letter in scene.failure(id, reason)]]
        case Ticket.Claimed() | Ticket.Rated():
            return await scene.corrections()
        case Ticket.Transferred(to_id=to_id):
            return [*await scene.corrections(), *await scene.transfer_notice(to_id)]
        case Ticket.RatingAsked(cycle=cycle):
            request = RatingRequest(scene.ticket.id, scene.ticket.number, cycle)
            asked = scene.to_client(request, f"closed:{scene.ticket.id}:{cycle}")
            return [*await scene.corrections(), asked]
        case Ticket.Reopened(cycle=cycle):
            notice = ReopenedNotice(scene.ticket.number)
            told = scene.to_client(notice, f"reopened:{scene.ticket.id}:{cycle}")
            return [*await scene.corrections(), told]
        case _:
            return []
