"""Echoes: what is done to a message on one side is done to its copy on the other."""

from collections.abc import Iterator
from uuid import UUID

from application.letters import Correction, Reaction, Withdrawal
from application.ports import Letter
from application.scene import Scene
from domain.conversations import Said, Way
from domain.messages import Content, Place
from domain.tickets import Ticket


async def edited(scene: Scene, event: Ticket.MessageEdited) -> list[Letter]:
    """The new version, for a copy that has arrived; others are corrected when they do."""
    said = scene.said(event.message_id)
    if said is None or said.copy is None:
        return []
    number = _number(said, event.piece)
    if number is None:
        return []
    before = await _version(scene, event.message_id, event.version - 1, event.piece)
    correction = Correction(
        event.content,
        number,
        scene.ticket.number if said.way is Way.OUT else None,
        said.place.bot_id if said.place else scene.manager_bot,
        before is not None and before.file_id != event.content.file_id,
    )
    key = f"edit:{event.message_id}:{event.version}"
    return [_beside(scene, said.copy, correction, key, f"edit:{event.message_id}:{event.piece}")]


async def arrived(scene: Scene, id: UUID) -> list[Letter]:
    """What was done to a message while it was under way."""
    said = scene.said(id)
    if said is None or said.version == 1:
        return list(withdrawn(scene, id))
    letters: list[Letter] = []
    for event in await scene.past.history(scene.ticket.id):
        if isinstance(event, Ticket.MessageEdited) and event.message_id == id:
            letters += await edited(scene, event)
    return [*letters, *withdrawn(scene, id)]


def withdrawn(scene: Scene, id: UUID) -> Iterator[Letter]:
    """Takes the copy away of what was taken back."""
    said = scene.said(id)
    if said is not None and said.withdrawn and said.copy is not None:
        numbers = said.pieces or [said.copy.message_id]
        yield _beside(scene, said.copy, Withdrawal(numbers), f"withdrawn:{id}")


def reacted(scene: Scene, event: Ticket.ReactionChanged) -> Iterator[Letter]:
    """The client's emoji before the staff; of the staff's only those of whoever answers."""
    said = scene.said(event.message_id)
    if said is None or said.way is Way.NOTE or event.by not in {None, scene.ticket.holder_id}:
        return
    place = _other_side(said, by_client=event.by is None)
    if place is not None:
        reaction = Reaction(place.message_id, event.emoji[0] if event.emoji else "")
        side = "client" if event.by is None else "staff"
        key = f"reaction:{event.message_id}:{scene.position}"
        latest = f"reaction:{event.message_id}:{side}"
        bot = (
            place
            if place is said.copy
            else Place(bot_id=scene.client_bot, chat_id=place.chat_id, message_id=place.message_id)
        )
        yield _beside(scene, bot, reaction, key, latest)


def _other_side(said: Said, *, by_client: bool) -> Place | None:
    """Where the others see the message: its copy, or what they wrote themselves."""
    return said.copy if (said.way is Way.IN) is by_client else said.place


def _number(said: Said, piece: int | None) -> int | None:
    if piece is None or said.copy is None:
        return said.copy.message_id if said.copy else None
    return said.pieces[piece] if piece < len(said.pieces) else None


async def _version(scene: Scene, id: UUID, version: int, piece: int | None) -> Content | None:
    """What a message said before; None for an item of an album, whose file stays."""
    if piece is not None:
        return None
    content: Content | None = None
    for event in await scene.past.history(scene.ticket.id):
        match event:
            case Ticket.MessageReceived(message_id=known) | Ticket.MessageSent(message_id=known):
                content = event.content if known == id else content
            case Ticket.MessageEdited(message_id=known, version=at) if known == id:
                content = event.content if at <= version and event.piece is None else content
            case _:
                pass
    return content


def _beside(
    scene: Scene, place: Place, said: object, key: str, latest: str | None = None
) -> Letter:
    """A letter about a message that stands at a place, by the bot that may change it."""
    return Letter(
        workspace_id=scene.workspace.id,
        bot_id=place.bot_id,
        chat_id=place.chat_id,
        language=scene.workspace.language if place.chat_id < 0 else scene.client.language,
        said=said,
        key=key,
        latest=latest,
    )
