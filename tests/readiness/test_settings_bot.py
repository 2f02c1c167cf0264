"""The settings bot: the environment names it, the gateway serves it, no company can take it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pydantic import SecretStr
from structlog.testing import capture_logs

from infrastructure.bot_secrets import BotSecrets
from infrastructure.bots import INSTALLATION, BotAccount, BotAccounts
from infrastructure.keys import Keys
from infrastructure.postgres import Pool, Role, pool
from infrastructure.settings import Settings
from infrastructure.settings_bot import settings_bot_on
from infrastructure.token_box import TokenBox
from interfaces.graphql.bots import BotIsTaken
from interfaces.graphql.principals import Key, KeyKind
from interfaces.sandbox import people
from interfaces.sandbox.faults import Fault
from tests.telegram.api import eventually
from tests.telegram.conftest import ACME, SECRET, Desk, introduce_nobody, served_by_gateway

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("S1-01", "S1-30")]
TOKEN, OTHER = "50000003:settings-secret", "50000004:another-secret"


def settings(desk: Desk, token: str | None) -> Settings:
    named = None if token is None else SecretStr(token)
    return desk.settings.model_copy(update={"settings_bot_token": named})


def rows(desk: Desk) -> list[tuple[int, bool]]:
    return desk.look("SELECT bot_id, connected FROM ledger.bot WHERE role = 'settings'")


async def appointed(desk: Desk, token: str | None, left: list[tuple[int, bool]]) -> None:
    async with settings_bot_on(desk.dsn, settings(desk, token)):
        await eventually(lambda: rows(desk) == left)


async def refused(desk: Desk, token: str) -> str:
    """What the log says of a token that cannot be used."""
    with capture_logs() as told:
        async with settings_bot_on(desk.dsn, settings(desk, token)):
            await eventually(lambda: [one for one in told if one["event"] == "no settings bot"])
    return str(told)


@pytest_asyncio.fixture
async def writes(quiet_desk: Desk) -> AsyncIterator[Pool]:
    async with pool(quiet_desk.dsn, Role.DESK, name="api", max_size=2) as connections:
        yield connections


async def account(writes: Pool) -> BotAccount:
    [found] = await BotAccounts(writes, TokenBox.of(SECRET)).all()
    return found


async def test_the_gateway_serves_it_like_any_bot(quiet_desk: Desk, writes: Pool) -> None:
    desk = quiet_desk
    bot = desk.world.bot(TOKEN, "desk_settings_bot")
    await appointed(desk, f"  {TOKEN}\n", [(bot.id, True)])
    found = await account(writes)
    assert (found.role, found.workspace_id, found.token) == ("settings", INSTALLATION, TOKEN)
    known = await Keys(writes, TokenBox.of(SECRET)).key(found.service_key)
    assert known == Key(KeyKind.SETTINGS_BOT, INSTALLATION, bot.id)
    async with served_by_gateway(desk):
        desk.api.script["MyWorkspaces"] = [{"data": {"myWorkspaces": []}}]
        people.say(desk.world, desk.anna, desk.world.private(bot, desk.anna), "/start")
        asked, *_ = await desk.api.wait("MyWorkspaces")
        assert (asked.key, asked.user) == (found.service_key, desk.anna.id)
        assert desk.api.of("CheckReadiness") == []  # it has no desk


async def test_another_token_ends_the_first_bot_and_its_key(quiet_desk: Desk, writes: Pool) -> None:
    desk = quiet_desk
    for number, token in enumerate((TOKEN, OTHER)):
        desk.world.bot(token, f"settings{number}_bot")
    await appointed(desk, TOKEN, [(50000003, True)])
    first = await account(writes)
    await appointed(desk, OTHER, [(50000004, True)])
    keys = Keys(writes, TokenBox.of(SECRET))
    assert await keys.key(first.service_key) is None
    await appointed(desk, None, [])


async def test_a_renewed_token_keeps_the_bot_and_its_key(quiet_desk: Desk, writes: Pool) -> None:
    desk = quiet_desk
    bot = desk.world.bot(TOKEN, "desk_settings_bot")
    await appointed(desk, TOKEN, [(bot.id, True)])
    before = await account(writes)
    async with settings_bot_on(desk.dsn, settings(desk, TOKEN)):
        renewed = "SELECT failure FROM ledger.bot"
        desk.look("UPDATE ledger.bot SET failure = 'revoked' RETURNING 1")
        await eventually(lambda: desk.look(renewed) == [(None,)])
    assert await account(writes) == before


async def test_it_is_there_as_soon_as_telegram_answers(quiet_desk: Desk) -> None:
    desk = quiet_desk
    desk.world.bot(TOKEN, "desk_settings_bot")
    desk.world.faults.plan(Fault("error", method="getMe", code=502))
    await appointed(desk, TOKEN, [(50000003, True)])


async def test_a_wrong_token_is_told_without_repeating_it(quiet_desk: Desk) -> None:
    told = await refused(quiet_desk, TOKEN)
    assert rows(quiet_desk) == []
    assert "LEDGERDESK_SETTINGS_BOT_TOKEN" in told
    assert TOKEN.partition(":")[2] not in told


@pytest.mark.parametrize("role", ["client", "manager"])
async def test_no_company_can_take_it_and_it_takes_no_companys_bot(
    quiet_desk: Desk, writes: Pool, role: str
) -> None:
    desk, box = quiet_desk, TokenBox.of(SECRET)
    desk.world.bot(TOKEN, "desk_settings_bot")
    await appointed(desk, TOKEN, [(50000003, True)])
    office = BotSecrets(writes, box, Keys(writes, box), introduce_nobody)
    with pytest.raises(BotIsTaken):
        await office.reserve(ACME, 50000003, role, "desk_settings_bot", TOKEN)
    await desk.connect_bot(desk.clients, "client")
    assert "works for a company" in await refused(desk, desk.clients.token)
    assert desk.look("SELECT role FROM ledger.bot WHERE bot_id = %s", desk.clients.id) == [
        ("client",)
    ]
