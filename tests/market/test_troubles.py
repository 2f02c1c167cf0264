"""What goes wrong around an order: nobody claims, nobody may, the chat goes, the CRM waits."""

import asyncio

import pytest

from infrastructure.phones import buttons
from interfaces.sandbox.chats import GROUP, Chat
from interfaces.sandbox.faults import ERROR, Fault
from interfaces.sandbox.membership import migrate, set_member
from tests.executors.shop import Executor
from tests.helpdesk.talks import Talk
from tests.market.market import SEARCH, Market

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
LACKS = "{ workspace { readiness { lack } } }"
HELD = "EXECUTOR_BOT_NOT_IN_CHAT"


@pytest.mark.proves("S0-E7")
async def test_what_nobody_claims_is_shown_again_elsewhere_and_to_the_manager_and_then_ends(
    company: Market,
) -> None:
    spare = _chat(company, "Запасные мастера")
    ladder = [
        {"after": 1, "act": "REPEAT"},
        {"after": 2, "act": "CHAT", "chatId": spare.chat.id},
        {"after": 3, "act": "MANAGER"},
    ]
    market = await company.under(ladder=ladder, expires=4)
    about = {"pipelineId": market.fair.pipeline_id, "stageId": market.fair.stages[SEARCH]}
    stages = {"claimedStageId": market.fair.stages["В работе"]}
    rules = {**stages, "expiredStageId": market.fair.stages["Новая"]}
    await market.order("setOffering", **about, offering={**rules, "ladder": ladder, "expires": 4})
    vera, ivan = await market.seller("Вера"), await market.started("Иван")
    deal = await market.deal("Никому не нужно", vera)
    first = await market.card("Никому не нужно")
    await market.passes(first)
    again = await market.card("Никому не нужно", first.id)
    await ivan.chat.loses(first)
    await market.passes(again)
    there = await spare.hears("Никому не нужно")
    assert buttons(there) == buttons(again)
    await market.passes(again)
    assert "никто не взял за 3 минуты" in (await vera.talk.hears("Никому не нужно» никто")).text
    await market.passes(again)
    for talk, card in ((ivan.chat, again), (spare, there)):
        await talk.sees(card, "Время вышло")
    await vera.talk.hears("Больше его не предлагают")
    assert await ivan.takes(again) == "Время вышло: этот заказ больше не отдают."
    await market.until(deal, "Новая")


def _chat(market: Market, title: str, kind: str = "supergroup") -> Talk:
    """Another chat with the executors' bot in it, as Anna sees it."""
    owner = market.company.managers[0]
    chat: Chat = market.world.chat(title, kind=kind, owner=owner)
    set_member(market.world, chat, market.company.executors_bot.user, "member", by=owner)
    return Talk(market.world, owner, chat)


@pytest.mark.proves("S0-E11")
async def test_an_order_waits_for_a_bot_that_was_removed_or_silenced(alone: Market) -> None:
    chat, bot = alone.company.executors_chat, alone.company.executors_bot.user
    ivan = await alone.started("Иван")
    await _lacking(alone, [])
    for lost, rights in (("kicked", None), ("restricted", {"can_send_messages": False})):
        taken = await alone.offered(f"До {lost}")
        set_member(alone.world, chat, bot, lost, rights=rights)
        await _lacking(alone, [HELD])
        await alone.deal(f"Пока {lost}")
        if lost == "restricted":
            assert "Заказ ваш" in await ivan.takes(taken)
        set_member(alone.world, chat, bot, "member")
        await _lacking(alone, [])
        waiting = await alone.card(f"Пока {lost}")
        assert "Заказ ваш" in await ivan.takes(waiting)
        await ivan.chat.sees(waiting, "Заказ взял(а) Иван")


async def _lacking(market: Market, lacks: list[str]) -> None:
    await market.until_asked(
        LACKS, lambda told: [one["lack"] for one in told["workspace"]["readiness"]] == lacks
    )


@pytest.mark.proves("S0-E11")
async def test_orders_follow_a_chat_that_becomes_a_supergroup(alone: Market) -> None:
    old = _chat(alone, "Заказы рядом", GROUP)
    await old.hears("В этом чате теперь появляются заказы")
    first_chat = alone.company.executors_chat.id
    await alone.order("unlinkExecutorsChat", chatId=first_chat)
    await alone.deal("До переезда")
    card = await old.hears("До переезда")
    new = Talk(alone.world, old.user, migrate(alone.world, old.chat))
    await alone.until_asked(
        "{ workspace { executorsChats { chatId } } }",
        lambda told: (
            [one["chatId"] for one in told["workspace"]["executorsChats"]] == [new.chat.id]
        ),
    )
    await alone.deal("После переезда")
    moved = await new.hears("После переезда")
    master = alone.executor("Иван")
    ivan = Executor(alone, Talk(alone.world, master.chat.user, new.chat), master.private)
    set_member(alone.world, new.chat, ivan.chat.user, "member")
    await ivan.is_met()
    assert "Заказ ваш" in await ivan.takes(moved)
    await ivan.chat.sees(moved, "Заказ взял(а) Иван")
    assert buttons(card)


@pytest.mark.proves("S0-E12")
async def test_who_left_is_banned_barred_or_not_on_the_list_is_refused_with_the_reason(
    company: Market,
) -> None:
    market = await company.under(allowListed=True)
    chat = market.company.executors_chat
    ivan, petr, oleg = [await market.started(name) for name in ("Иван", "Пётр", "Олег")]
    card = await market.offered("Не для всех")
    for status in ("left", "kicked"):
        press = ivan.press(card, "claim")
        set_member(market.world, chat, ivan.chat.user, status)
        assert "участники чата" in (await ivan.answer_to(press))["text"]
        set_member(market.world, chat, ivan.chat.user, "member")
    assert "из списка компании" in await petr.takes(card)
    assert "из списка компании" in await petr.asks(card)
    id = await market.id_of(oleg)
    await market.order("setAdmission", executorId=id, admission="BARRED", reason="не пришёл")
    assert "закрыла для вас заказы" in await oleg.takes(card)
    await market.order("setAdmission", executorId=id, admission="ALLOWED")
    assert "Заказ ваш" in await oleg.takes(card)
    assert not ivan.private.heard("Не для всех")
    assert not petr.private.heard("Не для всех")


@pytest.mark.proves("S0-E13", "S3-E4")
async def test_the_winner_stays_the_winner_while_the_deal_waits_for_a_field(
    market: Market,
) -> None:
    about = {"pipelineId": market.fair.pipeline_id}
    await market.order(
        "requireFields", **about, stageId=market.fair.stages["В работе"], keys=["address"]
    )
    vera, ivan, petr = (
        await market.seller("Вера"),
        await market.started("Иван"),
        await market.started("Пётр"),
    )
    deal = await market.deal("Без адреса", vera)
    card = await market.card("Без адреса")
    assert "Заказ ваш" in await ivan.takes(card)
    told = await vera.talk.hears("не хватает полей: Адрес")
    waits = await market.told(deal)
    assert waits["stage"]["name"] == SEARCH
    assert waits["executor"]["name"] == "Иван"
    assert (waits["offer"]["standing"], waits["offer"]["problem"]) == ("CLAIMED", "Адрес")
    opened = await vera.opened(told, "Открыть сделку")
    await vera.talk.sees(opened, "CRM ждёт: исполнитель есть, заполните Адрес")
    assert await petr.takes(card) == "Заказ уже взял(а) Иван."
    await vera.turned(opened, "Поля", "Что изменить")
    await vera.replied(await vera.opened(opened, "Адрес"), "Ленина 1")
    done = await market.until(deal, "В работе")
    assert (done["offer"]["settled"], done["offer"]["problem"]) == (True, "")
    assert done["executor"]["name"] == "Иван"


@pytest.mark.proves("S0-E13", "S0-15", "P3")
async def test_a_claim_reaches_the_deal_though_everything_behind_it_was_killed(
    market: Market,
) -> None:
    ivan, petr = await market.started("Иван"), await market.started("Пётр")
    deal = await market.deal("Под обстрелом")
    card = await market.card("Под обстрелом")
    for role in ("projector", "clock"):
        market.stage.roles.kill(role)
    mine, other = await asyncio.gather(ivan.takes(card), petr.takes(card))
    name = "Иван" if "Заказ ваш" in mine else "Пётр"
    assert {mine, other} == {
        "Заказ ваш! Подробности — в личных сообщениях.",
        f"Заказ уже взял(а) {name}.",
    }
    told = await market.until(deal, "В работе")
    assert told["executor"]["name"] == name
    assert told["offer"]["settled"]
    await ivan.chat.sees(card, f"Заказ взял(а) {name}")


@pytest.mark.proves("S3-15", "P17")
async def test_when_telegram_asks_for_a_pause_orders_wait_and_each_comes_once(
    market: Market,
) -> None:
    ivan, journal = market.executor("Иван"), market.world.journal
    before = sum(times for (_, code), times in journal.counts.items() if code == 429)
    there, begun = market.company.executors_chat.id, market.world.now()
    pause = Fault(ERROR, method="sendMessage", chat=there, code=429, retry_after=2)
    market.world.faults.plan(pause)
    rows = [{"row": n, "title": f"Ящик-{n:02}", "stage": SEARCH} for n in range(30)]
    done = await market.company.graph.order(
        "importDeals", "results { dealId errors }", pipelineId=market.fair.pipeline_id, rows=rows
    )
    assert all(one["dealId"] and not one["errors"] for one in done["results"])
    await ivan.chat.until(lambda: len(ivan.chat.heard("Ящик-")) >= 30 or None, "thirty cards")
    assert len({one.text.splitlines()[1] for one in ivan.chat.heard("Ящик-")}) == 30
    assert len(ivan.chat.heard("Ящик-")) == 30
    calls = [
        (one.at, one.code)
        for one in journal.entries
        if one.at > begun and one.method == "sendMessage" and one.fields["chat_id"] == there
    ]
    [refused] = [at for at, code in calls if code == 429]
    later = [at for at, _ in calls if at > refused]
    assert min(later) - refused >= 2.0
    assert sum(times for (_, code), times in journal.counts.items() if code == 429) == before + 1
