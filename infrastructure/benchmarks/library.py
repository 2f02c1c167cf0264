"""The peer: the library's own application over its own Postgres recorder, with our aggregates."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import JSONTranscoder, Transcoding
from psycopg.conninfo import conninfo_to_dict
from typing_extensions import override

from domain.messages import Content, Kind, Place

if TYPE_CHECKING:
    from domain.staff import Person
    from domain.tickets import Ticket

T = TypeVar("T")

THREADS = 32


class ContentAsDict(Transcoding):
    """Content as the library's transcoder writes what it does not know by itself."""

    type = Content
    name = "content"

    @override
    def encode(self, obj: Content) -> dict[str, Any]:
        return asdict(obj)

    @override
    def decode(self, data: dict[str, Any]) -> Content:
        told: dict[str, Any] = {**data, "kind": Kind(data["kind"])}
        return Content(**told)


class PlaceAsDict(Transcoding):
    """A place, in the same way."""

    type = Place
    name = "place"

    @override
    def encode(self, obj: Place) -> dict[str, Any]:
        return asdict(obj)

    @override
    def decode(self, data: dict[str, Any]) -> Place:
        return Place(**data)


class Library(Application[UUID]):
    """The library as its manual shows it; nothing but the pool is set, to one for each thread."""

    name = "library"

    @override
    def register_transcodings(self, transcoder: JSONTranscoder) -> None:
        super().register_transcodings(transcoder)
        transcoder.register(ContentAsDict())
        transcoder.register(PlaceAsDict())

    def claim(self, ticket_id: UUID, by: UUID) -> None:
        """Load manager and ticket, let them decide, save."""
        person: Person = self.repository.get(by)
        person.must_manage()
        ticket: Ticket = self.repository.get(ticket_id)
        ticket.claim(by)
        self.save(ticket)


def settings(dsn: str) -> dict[str, str]:
    """The library's environment for a database."""
    place = conninfo_to_dict(dsn)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(place["dbname"]),
        "POSTGRES_HOST": str(place["host"]),
        "POSTGRES_PORT": str(place["port"]),
        "POSTGRES_USER": str(place["user"]),
        "POSTGRES_PASSWORD": "none is asked for on a unix socket",
        "POSTGRES_POOL_SIZE": str(THREADS),
    }


def rate(threads: ThreadPoolExecutor, work: Iterable[T], act: Callable[[T], object]) -> float:
    """How many pieces of work a second the threads get done."""
    waiting = list(work)
    began = perf_counter()
    for done in [threads.submit(act, one) for one in waiting]:
        done.result()
    return len(waiting) / (perf_counter() - began)
