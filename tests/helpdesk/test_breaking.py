"""What breaks while a desk runs is told to its owner, and open tickets live on."""

import pytest

from interfaces.sandbox import forums
from interfaces.sandbox.membership import set_member
from tests.helpdesk.desk import Desk
from tests.helpdesk.owner import Owner

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
BROKEN = "⚠️ Ромашка: служба работает не полностью"


@pytest.mark.proves("S1-04", "S1-05", "S1-E11")
async def test_a_right_that_is_lost_is_told_to_the_owner_and_nothing_said_is_lost(
    desk: Desk, owner: Owner
) -> None:
    await desk.owned_by(owner.user)
    owner.opens(desk.stage.settings_bot)
    bot, channel = desk.company.managers_bot, desk.company.channel
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    rights = {"can_post_messages": False}
    set_member(desk.world, channel, bot.user, "administrator", rights=rights)
    told = await owner.desk.hears(BROKEN)
    assert "не может писать в канал" in told.text
    said = olga.writes("Где заказ?")
    number = await olga.opens(said)
    set_member(desk.world, channel, bot.user, "administrator")
    await owner.desk.hears("✅ Ромашка: всё снова в порядке")
    ticket = await desk.ticket(number)
    anna.comments(ticket, "Едет")
    await olga.hears("Едет")


@pytest.mark.proves("S1-02", "S1-05", "S1-E11")
async def test_a_revoked_token_is_told_and_a_new_one_brings_everything_back(
    desk: Desk, owner: Owner
) -> None:
    await desk.owned_by(owner.user)
    owner.opens(desk.stage.settings_bot)
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где заказ?")
    bot = desk.company.clients_bot
    token = desk.world.reissue(bot)
    told = await owner.desk.hears(BROKEN)
    assert "Токен бота для клиентов больше не действует" in told.text
    anna.comments(ticket, "Едет")
    olga.writes("Вы тут?")
    await owner.desk.asks("/start", "Что исправить")
    await owner.desk.presses("Подключить бота для клиентов")
    said = await owner.desk.answers("Новый токен бота", token)
    await owner.desk.hears("✅ Ромашка: всё снова в порядке", said.id)
    await olga.hears("Едет")
    await anna.group.hears("Вы тут?")
    assert token not in "".join(one.text for one in owner.desk.heard())


@pytest.mark.proves("S1-03", "S1-E11")
async def test_open_tickets_move_along_into_another_channel(desk: Desk, owner: Owner) -> None:
    await desk.owned_by(owner.user)
    company = desk.company
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    before = await olga.asks("Где заказ?")
    anna.comments(before, "Ищем")
    await olga.hears("Ищем")
    channel, group = owner.makes_channel("Новые заявки", company.managers_bot, company.clients_bot)
    set_member(desk.world, group, anna.user, "member")
    await owner.picks(company.managers_bot, channel)
    await owner.talk(company.managers_bot).hears("Обращения будут здесь: Новые заявки")
    company.channel, company.group = channel, group
    after = await desk.ticket_in(group, 1)
    assert [one.text for one in after.shown("Где заказ?")] == ["Где заказ?"]
    assert "Ищем" in after.shown("Ищем")[0].text
    anna = desk.manager("Анна")
    anna.comments(after, "Нашли!")
    await olga.hears("Нашли!")
    olga.writes("Ура")
    assert (await anna.group.hears("Ура")).thread == after.root


@pytest.mark.parametrize("desk", ["FORUM"], indirect=True)
async def test_a_topic_that_somebody_deleted_is_made_again_with_what_was_said(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    before = await olga.asks("Где заказ?")
    anna.comments(before, "Ищем")
    await olga.hears("Ищем")
    group = desk.company.group
    forums.delete(desk.world, group, group.topics[before.root])
    olga.writes("Ау, вы где?")
    said = await anna.group.hears("Ау, вы где?")
    assert said.thread != before.root
    after = await desk.ticket_in(group, 1, since=before.root)
    assert [one.text for one in after.shown("Где заказ?")] == ["Где заказ?"]
    assert len(after.shown("Ау, вы где?")) == 1
    anna.comments(after, "Нашли!")
    await olga.hears("Нашли!")
