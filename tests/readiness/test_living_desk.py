"""A running desk loses something in Telegram: the API tells it by name, and when it is mended."""

import pytest

from infrastructure.town import AnswerHasErrors
from interfaces.sandbox.membership import set_member
from tests.readiness.living import living

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("S1-04", "S1-05", "S1-E11")]


async def test_what_is_lost_is_told_until_it_is_mended(database: str) -> None:
    async with living(database) as town:
        company, world = town.company, town.world
        bot = company.managers_bot
        await town.until([])

        rights = {"can_edit_messages": False}
        set_member(world, company.channel, bot.user, "administrator", rights=rights)
        await town.until(["CHANNEL_EDIT_RIGHT"])
        await company.graph.order("stopDesk")
        with pytest.raises(AnswerHasErrors):
            await company.graph.order("startDesk")

        set_member(world, company.channel, bot.user, "administrator")
        await town.until([])
        await company.graph.order("startDesk")

        company.group.linked = company.channel.linked = None  # of this no bot hears anything
        await town.until(["DISCUSSION_MISSING"])


async def test_a_desk_without_its_executors_chat_says_so_and_starts(database: str) -> None:
    async with living(database) as town:
        company, world = town.company, town.world
        await town.until([])
        set_member(world, company.executors_chat, company.executors_bot.user, "left")
        await town.until(["EXECUTOR_BOT_NOT_IN_CHAT"])
        await company.graph.order("stopDesk")
        await company.graph.order("startDesk")
        await company.graph.order("unlinkExecutorsChat", chatId=company.executors_chat.id)
        await town.until(["EXECUTORS_CHAT"])
        await company.graph.order("disconnectBot", botId=company.executors_bot.id)
        await town.until([])


@pytest.mark.proves("S1-02")
async def test_a_revoked_token_is_told_until_there_is_a_new_one(database: str) -> None:
    async with living(database) as town:
        company, world = town.company, town.world
        await town.until([])
        renewed = world.reissue(company.clients_bot)
        await town.until(["CLIENT_TOKEN_REVOKED"])
        await company.graph.order("connectBot", token=f"{renewed}\n", role="CLIENT")
        await town.until([])
