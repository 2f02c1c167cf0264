"""Files in letters: another bot's file is fetched and sent anew, cleaned, within limits."""

import asyncio
import os
import tempfile
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from infrastructure.enclosures import MOST, NOT_CLEANABLE
from infrastructure.replies import FILE_GONE, FILE_TOO_BIG
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.faults import HTML, Fault
from interfaces.sandbox.files import Upload, file_id_of
from interfaces.sandbox.messages import Message
from tests.telegram.conftest import TICKET, Desk

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("P51")]
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q"
)
END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
MESSAGE = {"kind": "message", "ticket": str(TICKET), "message": "7"}


def document(desk: Desk, content: bytes = b"hello", name: str = "договор.txt") -> Message:
    """What Klim sends to the client bot."""
    upload = Upload(name, "text/plain", content)
    return desk.says(desk.klim, desk.talk, media=("document", upload))


def marked(message: Message, owner: Bot, **about: Any) -> dict[str, Any]:
    assert message.media is not None
    file = message.media.file
    told = {"file_id": file_id_of(owner.id, file), "name": file.name, "kind": message.media.kind}
    return {"$file": {"bot_id": owner.id, "clean": False, **told, **about}}


async def sent(desk: Desk, params: dict[str, Any], method: str = "sendDocument") -> Any:
    """How a letter of the manager bot to the group ended."""
    await desk.send(method, desk.managers, desk.group.id, params, report=MESSAGE)
    [ended] = await desk.settled()
    return ended


def shown(desk: Desk) -> list[Message]:
    return [message for message in desk.group.messages.values() if message.media]


async def test_another_bots_file_is_fetched_and_sent_anew_under_its_name(desk: Desk) -> None:
    file = marked(document(desk), desk.clients)
    assert await sent(desk, {"document": file, "caption": "вот"}) == ("sent", None)
    [message] = shown(desk)
    assert message.media is not None
    assert (message.media.file.data, message.media.file.name) == (b"hello", "договор.txt")
    assert message.content["caption"] == "вот"


async def test_a_bot_sends_its_own_file_by_its_id_alone(desk: Desk) -> None:
    file = marked(document(desk), desk.clients)
    await desk.send("sendDocument", desk.clients, desk.group.id, {"document": file})
    assert await desk.settled() == [("sent", None)]
    assert len(shown(desk)) == 1
    assert "getfile" not in desk.world.journal.by_method()


async def test_the_files_of_an_album_are_sent_together(desk: Desk) -> None:
    media = [
        {"type": "document", "media": marked(document(desk, text), desk.clients), "caption": "«ы»"}
        for text in (b"one", b"two", b"one")
    ]
    assert await sent(desk, {"media": media}, "sendMediaGroup") == ("sent", None)
    told = [message.media.file.data for message in shown(desk) if message.media]
    assert told == [b"one", b"two", b"one"]
    assert [pieces for (pieces,) in desk.look("SELECT cardinality(pieces) FROM ledger.outbox")] == [
        3
    ]


async def test_the_media_of_a_message_is_replaced(desk: Desk) -> None:
    await sent(desk, {"document": marked(document(desk), desk.clients)})
    [message] = shown(desk)
    new = {"type": "document", "media": marked(document(desk, b"newer"), desk.clients)}
    params = {"message_id": message.id, "media": new}
    await desk.send("editMessageMedia", desk.managers, desk.group.id, params)
    assert [outcome for outcome, _ in await desk.settled()] == ["sent", "sent"]
    assert message.media is not None
    assert message.media.file.data == b"newer"


@pytest.mark.parametrize(
    ("size", "reason"), [(MOST, None), (MOST + 1, FILE_TOO_BIG)], ids=["20 MB", "and a byte"]
)
async def test_files_have_a_limit(desk: Desk, size: int, reason: str | None) -> None:
    outcome, error = await sent(
        desk, {"document": marked(document(desk, b"x" * size), desk.clients)}
    )
    assert (outcome, error) == ("dead" if reason else "sent", reason)
    assert [one.variables["reason"] for one in desk.api.of("ReportFailure")] == [reason][
        : 1 if reason else 0
    ]


async def test_a_file_that_grows_on_the_way_is_counted_as_it_comes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infrastructure.enclosures.MOST", 4)
    file = marked(document(desk), desk.clients)
    assert await sent(desk, {"document": file}) == ("dead", FILE_TOO_BIG)


@pytest.mark.parametrize("about", [{"file_id": "AgAC"}, {"bot_id": 1}], ids=["file", "bot"])
async def test_a_file_that_is_nowhere_ends_the_letter(desk: Desk, about: dict[str, Any]) -> None:
    file = marked(document(desk), desk.clients, **about)
    assert await sent(desk, {"document": file}) == ("dead", FILE_GONE)
    [told] = desk.api.of("ReportFailure")
    assert told.variables["reason"] == FILE_GONE


@pytest.mark.parametrize(
    "fault",
    [
        Fault("error", code=429, retry_after=1),
        Fault("error", code=500),
        Fault(HTML),
    ],
    ids=["throttled", "500", "html"],
)
async def test_a_telegram_in_trouble_is_asked_for_the_file_again(desk: Desk, fault: Fault) -> None:
    fault.method = "getFile"
    desk.world.faults.plan(fault)
    outcome, _ = await sent(desk, {"document": marked(document(desk), desk.clients)})
    assert outcome == "sent"
    assert len(shown(desk)) == 1


async def test_nothing_of_a_file_stays_on_disk(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    await sent(desk, {"document": marked(document(desk), desk.clients)})
    assert await asyncio.to_thread(os.listdir, tmp_path) == []


@pytest.mark.proves("P20")
async def test_a_clean_file_tells_nothing_of_its_author_even_from_its_own_bot(desk: Desk) -> None:
    author = b"tEXtAuthor\x00Canary"
    size, check = (len(author) - 4).to_bytes(4, "big"), crc32(author).to_bytes(4, "big")
    picture = PNG + size + author + check + END
    page = document(desk, picture, "смета.png")
    file = marked(page, desk.managers, clean=True)
    assert await sent(desk, {"document": file}) == ("sent", None)
    [message] = shown(desk)
    assert message.media is not None
    assert message.media.file.name == "смета.png"
    assert b"Canary" not in message.media.file.data


async def test_a_file_that_cannot_be_cleaned_does_not_leave(desk: Desk) -> None:
    file = marked(document(desk, b"%PDF-1.7 broken", "x.pdf"), desk.clients, clean=True)
    assert await sent(desk, {"document": file}) == ("dead", NOT_CLEANABLE)
    assert shown(desk) == []
    [told] = desk.api.of("ReportFailure")
    assert told.variables["reason"] == NOT_CLEANABLE
