"""The relay: whatever is said or decided about a ticket is told to those whom it concerns.

A ticket gets its place before the staff: a post, a topic or a message. When its thread is known,
what the client has said stands there, the first of it before the card with the buttons. A
manager's answer goes to the client through the client bot, never saying whose it is.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from typing_extensions import override

from application import echoes, notices
from application.policy import Consequence, Policy, Timer
from application.ports import Letter, Past
from application.scene import Scene
from application.threads import MissThread
from domain.clients import Client
from domain.events import Recorded
from domain.surfaces import Surface
from domain.threads import Thread
from domain.tickets import Ticket

THREAD_WAIT = timedelta(seconds=10)


class Relay(Policy):
    """Letters for clients and for the staff's chats."""

    name: ClassVar[str] = "relay"

    def __init__(self, thread_wait: timedelta = THREAD_WAIT) -> None:
        self._thread_wait = thread_wait

    @override
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        consequences: list[Consequence] = []
        for scene in await Scene.all_of(happened, past):
            consequences += await _letters(scene)
            if _waits_for_copy(scene):
                consequences.append(self._give_up_later(happened, scene.thread))
        return consequences

    def _give_up_later(self, happened: Recorded, thread: Thread) -> Timer:
        due_at = happened.recorded_at + self._thread_wait
        told = self.follow(happened, 1, due_at)
        return Timer(due_at, MissThread(**told, ticket_id=thread.ticket_id))


def _waits_for_copy(scene: Scene) -> bool:
    """Whether a post stands in the channel and has not come into the group yet."""
    posted = isinstance(scene.event, Thread.Posted) and scene.thread.root_id is None
    return posted and scene.thread.surface is Surface.CHANNEL


async def _letters(scene: Scene) -> Sequence[Letter]:
    if scene.owner is Thread:
        return await _of_thread(scene)
    if scene.owner is Client:
        return await _of_client(scene)
    return [*await _of_message(scene), *await _of_ticket(scene)]


async def _of_thread(scene: Scene) -> Sequence[Letter]:
    match scene.event:
        case Thread.Planned():
            return [await scene.beginning(), *notices.out_of_hours(scene, opened=True)]
        case Thread.Replanned():
            return [await scene.beginning()]
        case Thread.Posted() | Thread.CardShown():
            return await scene.corrections() if scene.has_moved_on() else []
        case Thread.Opened():
            return [letter async for letter in notices.everything_said(scene)]
        case Thread.Missed():
            return [await scene.group_post()]
        case _:
            return []


async def _of_client(scene: Scene) -> Sequence[Letter]:
    match scene.event:
        case Client.BecameUnreachable():
            return [*notices.reach(scene, reachable=False), *await scene.corrections()]
        case Client.BecameReachable():
            return [*notices.reach(scene, reachable=True), *await scene.corrections()]
        case Client.Blocked() | Client.Unblocked() | Client.Renamed():
            return await scene.corrections()
        case _:
            return []


async def _of_message(scene: Scene) -> Sequence[Letter]:  # noqa: PLR0911 - one case an event
    match scene.event:
        case Ticket.MessageReceived() as event:
            return [*notices.question(scene, event), *notices.out_of_hours(scene)]
        case Ticket.MessageSent() as event:
            return await notices.reply(scene, event)
        case Ticket.MessageEdited() as event:
            return await echoes.edited(scene, event)
        case Ticket.MessageWithdrawn(message_id=id):
            return list(echoes.withdrawn(scene, id))
        case Ticket.ReactionChanged() as event:
            return list(echoes.reacted(scene, event))
        case Ticket.MessageDelivered(message_id=id):
            card = [await scene.card()] if scene.wants_card() else []
            return [*card, *await echoes.arrived(scene, id)]
        case Ticket.DeliveryFailed(message_id=id, reason=reason):
            card = [await scene.card()] if scene.wants_card() else []
            return [*card, *notices.failure(scene, id, reason)]
        case _:
            return []


async def _of_ticket(scene: Scene) -> Sequence[Letter]:
    match scene.event:
        case (
            Ticket.Claimed()
            | Ticket.Released()
            | Ticket.Rated()
            | Ticket.Tagged()
            | Ticket.Untagged()
            | Ticket.PriorityChanged()
        ):
            return await scene.corrections()
        case Ticket.Transferred(to_id=to_id, reason=reason):
            return [*await scene.corrections(), *await notices.transfer(scene, to_id, reason)]
        case Ticket.RatingAsked(cycle=cycle):
            return [*await scene.corrections(), notices.rating_request(scene, cycle)]
        case Ticket.RatingCommented(comment=comment):
            return list(notices.rating_comment(scene, comment))
        case Ticket.Reopened(cycle=cycle):
            return [*await scene.corrections(), notices.reopened(scene, cycle)]
        case _:
            return []
