"""Notices: what is said on the occasion of one event, to the client or in the thread."""

from collections.abc import AsyncIterator, Iterator
from uuid import UUID

from application.letters import (
    AnswerShown,
    FailureNotice,
    OutOfHoursNotice,
    Question,
    RatingNotice,
    RatingRequest,
    ReachNotice,
    ReopenedNotice,
    Reply,
    TransferNotice,
)
from application.ports import Letter
from application.scene import Scene
from domain.conversations import Way
from domain.messages import Content
from domain.settings import Text
from domain.staff import Person
from domain.tickets import Ticket


def question(scene: Scene, event: Ticket.MessageReceived) -> Iterator[Letter]:
    """What the client said, once the thread is there; what was said before follows then."""
    thread, id = scene.thread, event.message_id
    if thread.root_id is None:
        return
    spot = scene.spot(scene.number_in_group(event.reply_to), event.quote)
    yield Letter(
        workspace_id=scene.workspace.id,
        bot_id=scene.client_bot,
        chat_id=thread.group_id or 0,
        language=scene.workspace.language,
        said=Question(event.content, event.place, spot, scene.manager_bot),
        key=scene.key("message", id),
        report=scene.message_report(id),
    )


async def everything_said(scene: Scene) -> AsyncIterator[Letter]:
    """What was said before the thread was there; then what has changed meanwhile."""
    for event in await scene.past.history(scene.ticket.id):
        match event:
            case Ticket.MessageReceived():
                for letter in question(scene, event):
                    yield letter
            case Ticket.MessageSent() if scene.thread.turn > 1:
                yield await answer_shown(scene, event.message_id, event.content)
            case _:
                pass
    if scene.has_moved_on():
        for letter in await scene.corrections():
            yield letter


async def reply(scene: Scene, event: Ticket.MessageSent) -> list[Letter]:
    """A manager's answer, for the client; the staff sees it too if it was given elsewhere."""
    id, place = event.message_id, event.place
    said = Reply(
        scene.ticket.number,
        event.content,
        place,
        place.bot_id if place else scene.manager_bot,
        scene.number_with_client(event.reply_to),
        event.quote,
        scene.rules.signing,
    )
    letter = scene.to_client(said, f"message:{id}", scene.message_report(id))
    if place is not None or scene.thread.root_id is None:
        return [letter]
    return [letter, await answer_shown(scene, id, event.content)]


async def answer_shown(scene: Scene, id: UUID, content: Content) -> Letter:
    """A manager's answer, shown in the thread."""
    said = AnswerShown(content, await scene.holder() or "", scene.spot())
    return scene.to_staff(scene.thread.group_id or 0, said, scene.key("shown", id))


def failure(scene: Scene, id: UUID, reason: str) -> Iterator[Letter]:
    """Only an answer's failure is told: a question that fails has nowhere to be told."""
    said = scene.said(id)
    if said is None or said.way is not Way.OUT:
        return
    spot = scene.spot(said.place.message_id if said.place else None)
    yield from _in_thread(scene, FailureNotice(reason, spot), f"failed:{id}")


def reach(scene: Scene, *, reachable: bool) -> Iterator[Letter]:
    """The client has stopped the bot, or is back."""
    key = f"reach:{scene.ticket.id}:{scene.position}"
    yield from _in_thread(scene, ReachNotice(reachable, scene.spot()), key)


def rating_comment(scene: Scene, comment: str) -> Iterator[Letter]:
    """Why the client rated the ticket so."""
    said = RatingNotice(scene.ticket.stars or 0, comment, scene.spot())
    yield from _in_thread(scene, said, f"rating:{scene.ticket.id}:{scene.ticket.rated_cycle}")


def _in_thread(scene: Scene, said: object, key: str) -> Iterator[Letter]:
    if scene.thread.root_id is not None:
        yield scene.to_staff(scene.thread.group_id or 0, said, key)


async def transfer(scene: Scene, to_id: UUID, reason: str) -> list[Letter]:
    """Tells a manager that the ticket is theirs now."""
    person = await scene.past.get(Person, to_id)
    if person is None or person.telegram_id is None:
        return []
    said = TransferNotice(await scene.seen(), reason)
    key = f"transferred:{scene.ticket.id}:{scene.position}"
    language = person.language or scene.workspace.language
    return [scene.to_staff(person.telegram_id, said, key, language=language)]


def rating_request(scene: Scene, cycle: int) -> Letter:
    """Asks the client how good the service was."""
    text = scene.rules.texts.get(Text.RATE_PLEASE, "")
    said = RatingRequest(scene.ticket.id, scene.ticket.number, cycle, text)
    return scene.to_client(said, f"closed:{scene.ticket.id}:{cycle}")


def reopened(scene: Scene, cycle: int) -> Letter:
    """Tells the client that the ticket is open again."""
    return scene.to_client(
        ReopenedNotice(scene.ticket.number), f"reopened:{scene.ticket.id}:{cycle}"
    )


def out_of_hours(scene: Scene, *, opened: bool = False) -> Iterator[Letter]:
    """Tells the client that nobody is there now, once until somebody is.

    `opened`: the ticket has just been opened, by whatever the client had to say until then.
    """
    hours, heard = scene.rules.hours, scene.ticket.conversation.heard
    if hours is None or not heard or hours.are_open(heard[-1]):
        return
    opening = hours.next_opening(heard[-1])
    told = not opened and len(heard) > 1 and not hours.are_open(heard[-2])
    if told and hours.next_opening(heard[-2]) == opening:
        return
    said = OutOfHoursNotice(opening, scene.rules.texts.get(Text.OUT_OF_HOURS, ""))
    yield scene.to_client(said, f"hours:{scene.ticket.id}:{scene.position}")
