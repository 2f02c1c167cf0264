"""Joining the staff by an invitation, and choosing with Telegram's picker where tickets stand."""

from typing import Any

import pytest

from interfaces.sandbox.sharing import share_chat
from tests.telegram.api import refused
from tests.telegram.conftest import Desk, cleared
from tests.telegram.keyboards import rows_of
from tests.telegram.office_answers import myself
from tests.telegram.offices import shown, turned

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def desk(company: Desk) -> Desk:
    return cleared(company)


@pytest.mark.proves("S1-07")
async def test_an_invitation_makes_one_a_member_of_the_staff_once(desk: Desk) -> None:
    welcome = await shown(desk, "/start i_abc-DEF_123")
    assert "Добро пожаловать в «ACME», Анна" in welcome.text
    [asked] = desk.api.of("AcceptInvitation")
    assert (asked.variables["code"], asked.user) == ("abc-DEF_123", None)
    assert asked.variables["telegramId"] == desk.anna.id
    for code, told in (("InvitationIsOver", "устарело"), ("AlreadyStaff", "уже среди")):
        desk.api.script["AcceptInvitation"] = [refused(code)]
        assert told in (await shown(desk, "/start i_abc")).text


def lacking(*lacks: str) -> dict[str, Any]:
    bots = [
        {"role": "CLIENT", "username": "desk_client_bot"},
        {"role": "MANAGER", "username": "desk_manager_bot"},
    ]
    told = {"readiness": [{"lack": lack} for lack in lacks], "bots": bots}
    return {"data": {"workspace": {"surface": "CHANNEL", "running": False, **told}}}


@pytest.mark.proves("S1-03", "S1-04")
async def test_a_leader_picks_the_channel_and_reads_what_it_lacks(desk: Desk) -> None:
    desk.api.script["Myself"] = [myself("OWNER")]
    missing = ("GROUP_UNREACHABLE", "CLIENT_BOT_NOT_IN_GROUP")
    desk.api.script["DeskReadiness"] = [lacking(*missing), lacking()]
    channel = desk.world.chat("Новый канал", kind="channel", owner=desk.anna)
    await shown(desk, "/start channel")
    share_chat(desk.world, desk.anna, desk.office, 1, channel)
    await desk.hears(desk.office, "Обращения будут здесь: Новый канал.")
    lacks = await desk.hears(desk.office, "Не хватает 2 вещей:")
    [asked] = desk.api.of("LinkChannel")
    assert (asked.variables["channelId"], asked.user) == (channel.id, desk.anna.id)
    member = channel.present(desk.managers.id)
    assert member is not None
    assert all(member.may(f"can_{right}_messages") for right in ("post", "edit", "delete"))
    assert "2. Бота для клиентов нет в группе" in lacks.text
    ways = [row[0]["url"] for row in rows_of(lacks)[:2]]
    assert [way.split("/")[3].split("?")[0] for way in ways] == [
        "desk_client_bot",
        "desk_manager_bot",
    ]
    assert all("startgroup" in way for way in ways)
    await turned(desk, lacks, "Проверить снова")
    assert "Всё на месте" in lacks.text


@pytest.mark.parametrize(("request_id", "forum"), [(2, True), (3, False)])
async def test_a_leader_may_pick_a_group_instead(
    desk: Desk, request_id: int, *, forum: bool
) -> None:
    desk.api.script["Myself"] = [myself("ADMIN")]
    group = desk.world.chat(f"Группа {forum}", owner=desk.anna, forum=forum)
    await shown(desk, "/channel")
    share_chat(desk.world, desk.anna, desk.office, request_id, group)
    [asked] = await desk.api.wait("LinkGroup")
    assert asked.variables["groupId"] == group.id
    await desk.hears(desk.office, "Всё на месте")


async def test_a_channel_without_discussion_is_refused_in_words(desk: Desk) -> None:
    desk.api.script["Myself"] = [myself("OWNER")]
    desk.api.script["LinkChannel"] = [refused("NoDiscussion")]
    channel = desk.world.chat("Одинокий", kind="channel", owner=desk.anna)
    await shown(desk, "/channel")
    share_chat(desk.world, desk.anna, desk.office, 1, channel)
    await desk.hears(desk.office, "У канала нет обсуждения")


async def test_a_manager_who_leads_nothing_picks_no_chat(desk: Desk) -> None:
    assert "нет прав" in (await shown(desk, "/channel")).text
    assert desk.api.of("LinkChannel") == []
