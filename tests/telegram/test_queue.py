"""The queue in the private office, and the tickets that a manager holds."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.telegram.conftest import Desk, cleared
from tests.telegram.keyboards import rows_of, texts_of
from tests.telegram.office_answers import ANNA, TICKET, listed, myself
from tests.telegram.offices import HEX, shown, turned

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def desk(company: Desk) -> Desk:
    return cleared(company)


def waiting(number: int, **told: Any) -> dict[str, Any]:
    return {
        "ticketId": str(UUID(int=number)),
        "number": number,
        "topic": "",
        "clientName": f"Клиент {number}",
        "waitingSince": None,
        "priority": "NORMAL",
        "tags": [],
        "holder": None,
        **told,
    }


def ago(**span: float) -> str:
    return (datetime.now(UTC) - timedelta(**span, seconds=20)).isoformat()


async def test_nobody_waiting_is_said_too(desk: Desk) -> None:
    assert (await shown(desk, "/queue")).text == "Никто не ждёт ответа."


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ({"minutes": 1}, "ждёт 1 минуту"),
        ({"minutes": 5}, "ждёт 5 минут"),
        ({"minutes": 22}, "ждёт 22 минуты"),
        ({"hours": 1}, "ждёт 1 час"),
        ({"hours": 3}, "ждёт 3 часа"),
        ({"days": 5}, "ждёт 5 дней"),
    ],
)
async def test_the_queue_tells_how_long_each_waits(
    desk: Desk, span: dict[str, float], words: str
) -> None:
    rows = [
        waiting(7, waitingSince=ago(**span), priority="URGENT", tags=["vip"], topic="Доставка"),
        waiting(8, priority="HIGH", holder={"name": "Борис"}),
    ]
    desk.api.script["Queue"] = [listed("queue", *rows)]
    listing = await shown(desk, "/queue")
    assert f"🔴 №7 «Доставка» · Клиент 7\n{words} · никто не взял · #vip" in listing.text
    assert "🟠 №8 · Клиент 8\nответ дан · Борис" in listing.text
    assert texts_of(listing) == [["№7 Клиент 7", "✋ Взять"], ["№8 Клиент 8"]]


async def test_a_ticket_is_claimed_from_the_queue_which_then_shows_it(desk: Desk) -> None:
    claimed = listed("queue", waiting(7, holder={"name": "Анна"}))
    desk.api.script["Queue"] = [listed("queue", waiting(7)), claimed]
    listing = await shown(desk, "/queue")
    assert await turned(desk, listing, "Взять") == "Обращение №7 ваше"
    assert texts_of(listing) == [["№7 Клиент 7"]]
    assert desk.api.of("Queue")[1].variables["minPosition"] == 40


async def test_the_loser_of_a_claim_learns_who_won(desk: Desk) -> None:
    desk.api.script["Queue"] = [listed("queue", waiting(7)), listed("queue")]
    lost = {"outcome": "LOST", "holder": {"name": "Борис"}, "number": 7, "position": 1}
    desk.api.script["ClaimTicket"] = [{"data": {"claimTicket": lost}}]
    listing = await shown(desk, "/queue")
    assert await turned(desk, listing, "Взять") == "! Уже взял(а) Борис"


async def test_a_long_queue_is_turned_page_by_page(desk: Desk) -> None:
    first = [waiting(n) for n in range(1, 7)]
    desk.api.script["Queue"] = [
        listed("queue", *first, cursor="c6"),
        listed("queue", *first, cursor="c6"),
        listed("queue", waiting(7)),
    ]
    listing = await shown(desk, "/queue")
    assert texts_of(listing)[-1] == ["▶"]
    await turned(desk, listing, "▶")
    assert "№7" in listing.text
    assert texts_of(listing)[-1] == ["◀"]
    assert [asked.variables["after"] for asked in desk.api.of("Queue")] == [None, None, "c6"]


@pytest.mark.proves("S1-27")
async def test_my_tickets_are_those_i_hold_with_the_way_to_each_and_what_is_late(
    desk: Desk,
) -> None:
    held = {
        "id": TICKET,
        "number": 7,
        "topic": "",
        "clientName": "Клим",
        "groupId": desk.group.id,
        "rootId": 15,
        "openedAt": ago(hours=2),
        "waitingSince": ago(minutes=40),
        "priority": "NORMAL",
    }
    desk.api.script["HeldTickets"] = [listed("tickets", held)]
    desk.api.script["Myself"] = [myself(first=30)]
    mine = await shown(desk, "/my")
    assert "⏰ №7 · Клим\nждёт 40 минут" in mine.text
    assert desk.api.of("HeldTickets")[0].variables["holderId"] == ANNA
    [[seen_, thread]] = rows_of(mine)
    assert seen_["callback_data"] == f"c1:ticket:{HEX}"
    assert thread["url"].endswith("/15?thread=15")
