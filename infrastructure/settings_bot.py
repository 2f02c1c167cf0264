"""The settings bot: one for the whole installation, with the token that the environment names.

It is a row among the connected bots, so that gateway and webhook serve it like any other. The
process of the API keeps that row as the environment says.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
import structlog

from infrastructure.bot_secrets import BotSecrets
from infrastructure.bots import INSTALLATION
from infrastructure.cancelling import cancel_all
from infrastructure.keys import Keys
from infrastructure.postgres import Role, Unavailable, pool
from infrastructure.settings import Settings
from infrastructure.telegram import NotSent, Telegram, Unanswered
from infrastructure.token_box import box_of
from interfaces.graphql.bots import BotIsTaken

log = structlog.get_logger(__name__)

VARIABLE: Final = "LEDGERDESK_SETTINGS_BOT_TOKEN"
LONGEST_PAUSE: Final = 5.0  # seconds between tries while Telegram or the database is away


class NoSettingsBot(Exception):
    """The token of the settings bot cannot be used."""


def settings_bot_id(settings: Settings) -> int | None:
    """The id of the settings bot, by its token; None: there is none."""
    secret = settings.settings_bot_token
    number = "" if secret is None else secret.get_secret_value().strip().partition(":")[0]
    return int(number) if number.isascii() and number.isdigit() else None


@asynccontextmanager
async def settings_bot_on(dsn: str, settings: Settings) -> AsyncGenerator[None]:
    """While the block lasts, see to it that the settings bot of the settings is connected."""
    seeing_to = asyncio.create_task(_see_to_it(dsn, settings), name="settings bot")
    try:
        yield
    finally:
        await cancel_all([seeing_to])


async def appoint(office: BotSecrets, token: str | None) -> None:
    """Let this bot be the settings bot, and no other; None: there is none.

    Raises NoSettingsBot, and NotSent, Unanswered or Unavailable: then try again.
    """
    if token is None:
        await office.dismiss(INSTALLATION, but=None)
        return
    known = await office.introduce(token.strip())
    if known is None:
        raise NoSettingsBot(f"Telegram does not know {VARIABLE}")
    bot_id, username = known
    await office.dismiss(INSTALLATION, but=bot_id)
    try:
        await office.reserve(INSTALLATION, bot_id, "settings", username, token.strip())
    except BotIsTaken as error:
        raise NoSettingsBot(f"{VARIABLE}: @{username} works for a company") from error
    await office.connect(INSTALLATION, bot_id)


async def _see_to_it(dsn: str, settings: Settings) -> None:
    secret = settings.settings_bot_token
    token = None if secret is None else secret.get_secret_value()
    box, pause = box_of(settings), 0.5
    async with (
        pool(dsn, Role.DESK, name="ledgerdesk settings bot", max_size=1, min_size=0) as writes,
        aiohttp.ClientSession() as session,
    ):
        telegram = Telegram(session, settings.telegram_api)
        office = BotSecrets(writes, box, Keys(writes, box), telegram.introduce)
        while True:
            try:
                await appoint(office, token)
            except NoSettingsBot as error:
                log.error("no settings bot", why=str(error))  # noqa: TRY400 - it says all
            except (NotSent, Unanswered, Unavailable) as error:
                log.warning("settings bot waits", error=str(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            return
