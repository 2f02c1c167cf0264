"""The fleet: bots come and go while the gateway runs, and none stops another."""

import asyncio
from dataclasses import replace

import pytest

from infrastructure.bot_secrets import BotSecrets
from infrastructure.bots import BotAccount
from infrastructure.graves import Graves
from infrastructure.keys import Keys
from infrastructure.postgres import Role, pool
from infrastructure.token_box import TokenBox
from interfaces.sandbox.faults import DUPLICATE, POISON, Fault
from tests.telegram.api import eventually, refused
from tests.telegram.conftest import (
    ACME,
    SECRET,
    Desk,
    introduce_nobody,
    served_by_gateway,
)

pytestmark = pytest.mark.asyncio


async def test_a_bot_joins_and_leaves_a_running_gateway(quiet_desk: Desk) -> None:
    desk = quiet_desk
    async with served_by_gateway(desk):
        await desk.connect_bot(desk.managers, "manager")
        desk.says(desk.anna, desk.office, "/start")
        await desk.hears(desk.office, "Здравствуйте, Анна")
        await desk.connect_bot(desk.clients, "client")
        desk.says(desk.klim, desk.talk, "/start")
        await desk.hears(desk.talk, "Здравствуйте, Клим")
        async with pool(desk.dsn, Role.DESK, name="api") as connections:
            box = TokenBox.of(SECRET)
            secrets = BotSecrets(connections, box, Keys(connections, box), introduce_nobody)
            await secrets.disconnect(ACME, desk.clients.id)
        holders = (
            "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND objsubid = 1 AND application_name = 'fleet'"
        )
        await eventually(lambda: desk.look(holders) == [(1,)])
        desk.says(desk.klim, desk.talk, "есть кто?")
        desk.says(desk.anna, desk.office, "/my")
        await desk.hears(desk.office, "нет открытых")
        assert desk.api.of("PostMessage") == []


@pytest.mark.proves("P18")
async def test_a_revoked_token_takes_only_its_own_bot_out_of_service(quiet_desk: Desk) -> None:
    desk = quiet_desk
    await desk.connect_bot(desk.clients, "client", token=f"{desk.clients.id}:revoked")
    await desk.connect_bot(desk.managers, "manager")
    async with served_by_gateway(desk):
        failed = "SELECT bot_id FROM ledger.bot WHERE failure IS NOT NULL"
        await eventually(lambda: desk.look(failed) == [(desk.clients.id,)])
        desk.says(desk.anna, desk.office, "/start")
        await desk.hears(desk.office, "Здравствуйте, Анна")
        await desk.connect_bot(desk.clients, "client")  # the token is renewed
        desk.says(desk.klim, desk.talk, "/start")
        await desk.hears(desk.talk, "Здравствуйте, Клим")
        await eventually(lambda: desk.look(failed) == [])


@pytest.mark.proves("P18")
async def test_an_account_that_cannot_be_read_stops_nobody_else(quiet_desk: Desk) -> None:
    desk = quiet_desk
    await desk.connect_bot(desk.clients, "client")
    await desk.connect_bot(desk.managers, "manager")
    broken = "UPDATE ledger.bot SET token = 'x' WHERE bot_id = %s RETURNING 1"
    desk.look(broken, desk.clients.id)
    async with served_by_gateway(desk):
        desk.says(desk.anna, desk.office, "/start")
        await desk.hears(desk.office, "Здравствуйте, Анна")
        [(bot_id, failure)] = desk.look(
            "SELECT bot_id, failure FROM ledger.bot WHERE failure IS NOT NULL"
        )
        assert (bot_id, "LEDGERDESK_SECRET_KEY" in failure) == (desk.clients.id, True)
        await desk.connect_bot(desk.clients, "client")
        desk.says(desk.klim, desk.talk, "/start")
        await desk.hears(desk.talk, "Здравствуйте, Клим")


@pytest.mark.parametrize(("code", "words"), [(404, "no such route"), (401, "who are you?")])
async def test_what_a_proxy_says_takes_no_bot_out_of_service(
    quiet_desk: Desk, code: int, words: str
) -> None:
    desk = quiet_desk
    await desk.connect_bot(desk.managers, "manager")
    for method in ("deleteWebhook", "getUpdates"):
        desk.world.faults.plan(Fault("error", method=method, code=code, description=words))
    async with served_by_gateway(desk):
        desk.says(desk.anna, desk.office, "/start")
        await desk.hears(desk.office, "Здравствуйте, Анна")
        assert desk.look("SELECT failure FROM ledger.bot") == [(None,)]


async def test_a_refused_token_rests_until_it_is_time_or_its_account_is_mended() -> None:
    now = 0.0
    graves = Graves(300.0, lambda: now)
    account = BotAccount(7, ACME, "client", "bot", "hook", "7:old", "secret", "key")
    failed = replace(account, failure="Unauthorized")
    grave = graves.dig(account)
    assert graves.hold(account)  # the note of it is still on its way
    grave.noted = True
    assert graves.hold(failed)
    assert not graves.hold(account)
    assert not graves.hold(replace(failed, token="7:new"))
    now = 300.0
    assert not graves.hold(failed)


@pytest.mark.proves("P18")
async def test_a_poison_update_is_kept_and_blocks_nobody(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    await desk.hears(desk.talk, "Здравствуйте")
    desk.world.faults.plan(Fault(POISON, method="message", bot=desk.clients.id))
    desk.says(desk.klim, desk.talk, "после яда")
    desk.says(desk.klim, desk.talk, "вопрос")
    asked = await desk.api.wait("PostMessage", 2)
    assert [one.variables["content"]["text"] for one in asked] == ["после яда", "вопрос"]
    await desk.settled("inbox")
    [(outcome, body, error)] = desk.look(
        "SELECT outcome, body, last_error FROM ledger.inbox WHERE outcome <> 'done'"
    )
    assert outcome == "failed"
    assert b"from_the_future" in bytes(body)
    assert "validation error" in error


@pytest.mark.proves("P18")
async def test_an_update_that_comes_twice_is_handled_once(desk: Desk) -> None:
    desk.world.faults.plan(Fault(DUPLICATE, method="message", bot=desk.clients.id))
    desk.says(desk.klim, desk.talk, "один раз")
    desk.says(desk.klim, desk.talk, "после")
    await desk.api.wait("PostMessage", 2)
    await desk.settled("inbox")
    assert [a.variables["content"]["text"] for a in desk.api.of("PostMessage")] == [
        "один раз",
        "после",
    ]


@pytest.mark.proves("P18")
async def test_what_the_api_cannot_take_now_waits_in_order(desk: Desk) -> None:
    done = {"number": 7, "opened": False, "kept": None, "replayed": False}
    quicker = refused("SomebodyWasQuicker")
    desk.api.script["PostMessage"] = [
        503,
        refused("NotYet"),
        quicker,
        {"data": {"postMessage": done}},
    ]
    for n in range(3):
        desk.says(desk.klim, desk.talk, f"вопрос {n}")
    asked = await desk.api.wait("PostMessage", 6, seconds=15)
    commands = [one.variables["commandId"] for one in asked]
    assert len(set(commands[:4])) == 1  # the same command until it is taken
    texts = [one.variables["content"]["text"] for one in asked[3:]]
    assert texts == ["вопрос 0", "вопрос 1", "вопрос 2"]


async def test_a_fault_of_ours_fails_its_update_alone_and_is_apologised_for(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [{"data": {"postMessage": {"unexpected": 1}}}]
    desk.says(desk.klim, desk.talk, "сломайся")
    await desk.hears(desk.talk, "Что-то сломалось")
    desk.says(desk.klim, desk.talk, "/new")
    await desk.hears(desk.talk, "Напишите ваш вопрос")
    outcomes = [outcome for outcome, _ in await desk.settled("inbox")]
    assert outcomes.count("failed") == 1


async def test_two_gateways_share_the_bots_and_the_survivor_takes_over(desk: Desk) -> None:
    async with served_by_gateway(desk):
        for n in range(5):
            desk.says(desk.klim, desk.talk, f"вопрос {n}")
        await desk.api.wait("PostMessage", 5)
        conflicts = [e for e in desk.world.journal.entries if e.code == 409]
        assert conflicts == []
        desk.look(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'fleet'"
        )
        desk.says(desk.klim, desk.talk, "и после")
        await desk.api.wait("PostMessage", 6)
    texts = [a.variables["content"]["text"] for a in desk.api.of("PostMessage")]
    assert texts == [*(f"вопрос {n}" for n in range(5)), "и после"]


async def test_with_a_public_address_bots_get_webhooks(quiet_desk: Desk) -> None:
    desk = quiet_desk
    await desk.connect_bot(desk.clients, "client")
    [(hook_id,)] = desk.look("SELECT hook_id FROM ledger.bot")
    desk_settings = desk.settings.model_copy(update={"public_url": "http://127.0.0.1:9/"})
    hooked = replace(desk)
    from infrastructure.gateway import serve

    stop = asyncio.Event()
    task = asyncio.create_task(serve(hooked.dsn, desk_settings, stop))
    try:
        await eventually(lambda: desk.clients.webhook is not None)
        entry = next(e for e in desk.world.journal.entries if e.method == "setWebhook")
        assert entry.fields["url"] == f"http://127.0.0.1:9/telegram/{hook_id}"
        assert entry.fields["secret_token"]
        assert "my_chat_member" in str(entry.fields["allowed_updates"])
        assert not any(e.method == "getUpdates" for e in desk.world.journal.entries)
    finally:
        stop.set()
        await asyncio.wait_for(task, 15)
