"""What goes wrong on purpose: refusals, lost answers, floods, updates that misbehave."""

import asyncio

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage

from interfaces.sandbox.faults import Fault
from tests.sandbox.conftest import Company

pytestmark = pytest.mark.asyncio


def said(company: Company) -> list[str]:
    """Everything in the talk of the client with the client bot."""
    chat = company.world.private(company.clients, company.client)
    return [message.text for message in chat.messages.values()]


async def test_429_on_demand_and_then_all_is_well(company: Company) -> None:
    company.world.faults.plan(Fault("error", "sendMessage", code=429, retry_after=3))
    bot = company.bot(company.clients)
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(company.client.id, "раз")
    assert refusal.value.retry_after == 3
    assert await bot.send_message(company.client.id, "два")
    assert "раз" not in said(company)


async def test_an_answer_is_lost_after_execution(company: Company) -> None:
    company.world.faults.plan(Fault("lose", "sendMessage"))
    with pytest.raises(TelegramNetworkError):
        await company.bot(company.clients).send_message(company.client.id, "дошло")
    assert said(company).count("дошло") == 1


async def test_a_request_is_dropped_before_execution(company: Company) -> None:
    company.world.faults.plan(Fault("drop", "sendMessage"))
    with pytest.raises(TelegramNetworkError):
        await company.bot(company.clients).send_message(company.client.id, "не дошло")
    assert "не дошло" not in said(company)


async def test_a_broken_gateway_answers_html_and_500_is_500(company: Company) -> None:
    bot = company.bot(company.clients)
    company.world.faults.plan(Fault("html", "*"))
    with pytest.raises(ClientDecodeError):
        await bot.send_message(company.client.id, "x")
    company.world.faults.plan(Fault("error", "*", code=500))
    with pytest.raises(TelegramServerError):
        await bot.send_message(company.client.id, "x")


async def test_faults_for_any_method_leave_polling_alone(company: Company) -> None:
    company.world.faults.plan(Fault("error", "*", code=500))
    company.world.faults.plan(Fault("error", "sendPhoto", code=500))
    company.say(company.client, "слышно")
    assert len(await company.updates(company.clients)) == 1
    company.world.faults.plan(Fault("error", "getUpdates", code=502))
    with pytest.raises(TelegramServerError):
        await company.bot(company.clients).get_updates()


async def test_faults_choose_their_bot_and_chat(company: Company) -> None:
    company.world.faults.plan(Fault("error", "*", bot=company.manager.id, code=500))
    company.world.faults.plan(Fault("error", "*", chat=company.group.id, code=500))
    assert await company.bot(company.clients).send_message(company.client.id, "x")
    with pytest.raises(TelegramServerError):
        await company.bot(company.clients).send_message(company.group.id, "x")


async def test_a_duplicate_update_comes_twice_with_one_number(company: Company) -> None:
    company.world.faults.plan(Fault("duplicate", "message", bot=company.clients.id))
    company.say(company.client, "дважды")
    found = await company.updates(company.clients, 2)
    assert len(found) == 2
    assert len({each.update_id for each in found}) == 1


async def test_reordered_updates_arrive_the_other_way_round(company: Company) -> None:
    company.world.faults.plan(Fault("reorder", "message", bot=company.clients.id))
    company.say(company.client, "первое")
    company.say(company.client, "второе")
    found = await company.updates(company.clients, 2)
    assert [each.message and each.message.text for each in found] == ["второе", "первое"]
    assert found[0].update_id < found[1].update_id


async def test_a_held_update_comes_even_if_nothing_follows(company: Company) -> None:
    company.world.faults.plan(Fault("reorder", "message", bot=company.clients.id))
    company.say(company.client, "одно")
    (update,) = await company.updates(company.clients)
    assert update.message is not None


async def test_a_poison_update_breaks_aiograms_batch(company: Company) -> None:
    company.world.faults.plan(Fault("poison", "message", bot=company.clients.id))
    company.say(company.client, "после яда")
    with pytest.raises(ClientDecodeError):
        await company.updates(company.clients)
    assert [each.kind for each in company.clients.updates.pending] == ["message", "message"]


async def test_a_second_poller_ends_the_first(company: Company) -> None:
    bot = company.bot(company.clients)
    first = asyncio.create_task(bot.get_updates(timeout=5))
    while company.clients.updates.waiter is None:
        await asyncio.sleep(0)
    second = asyncio.create_task(bot.get_updates(timeout=1))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates"):
        await first
    assert await second == []


async def test_a_revoked_token_is_unauthorized(company: Company) -> None:
    company.world.revoke(company.clients)
    with pytest.raises(TelegramUnauthorizedError):
        await company.bot(company.clients).get_me()


async def test_updates_are_kept_for_a_day(company: Company) -> None:
    company.say(company.client, "забытое")
    company.world.jump(24 * 3600 + 1)
    company.say(company.client, "свежее")
    (update,) = await company.updates(company.clients)
    assert update.message is not None
    assert update.message.text == "свежее"


async def test_unknown_and_invalid_fields_are_violations(company: Company) -> None:
    bot = company.bot(company.clients)
    await bot(SendMessage(chat_id=company.client.id, text="x", threat_id=5))  # type: ignore[call-arg]
    assert [each.complaints for each in company.world.journal.violations] == [
        ["unknown field threat_id"]
    ]
    async with (await company.session.create_session()).post(
        f"{company.root}/bot{company.clients.token}/sendMessage",
        json={"chat_id": company.client.id, "text": "y", "disable_notification": [1]},
    ) as response:
        assert response.status == 200
    assert company.world.journal.violations[-1].complaints[0].startswith("disable_notification")
