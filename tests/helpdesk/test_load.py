"""Many at once: nothing is lost, nothing doubled, and numbers have no gaps."""

import pytest

from tests.helpdesk.desk import Desk

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
CLIENTS = 60


@pytest.mark.proves("S1-31", "S1-E12", "S1-14")
async def test_sixty_clients_at_once_get_sixty_numbers_and_sixty_threads(desk: Desk) -> None:
    anna = desk.manager("Анна")
    clients = [desk.client(f"Клиент {n}") for n in range(1, CLIENTS + 1)]
    said = [one.writes(f"Вопрос от {n:02}") for n, one in enumerate(clients, 1)]
    for one, question in zip(clients, said, strict=True):
        one.writes(f"И ещё: {question.text}")
    numbers = [await one.opens(question) for one, question in zip(clients, said, strict=True)]
    assert sorted(numbers) == list(range(1, CLIENTS + 1))
    tickets = [await desk.ticket(number) for number in numbers]
    assert len({one.root for one in tickets}) == CLIENTS
    for ticket, question in zip(tickets, said, strict=True):
        await anna.group.hears(f"И ещё: {question.text}")
        assert [one.text for one in ticket.shown("Вопрос от")] == [
            question.text,
            f"И ещё: {question.text}",
        ]
