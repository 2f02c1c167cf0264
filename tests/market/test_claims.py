"""Claims: exactly one has the order, everybody is told the same, and the deal goes on."""

import asyncio

import pytest

from infrastructure.phones import Phones
from interfaces.sandbox.callbacks import Callback
from interfaces.sandbox.faults import DUPLICATE, Fault
from tests.executors.shop import Executor
from tests.market.market import SEARCH, Market, id_of

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
CLAIMS = """query ($id: ID!) { offerClaims(offerId: $id) { nodes {
  by { name } outcome reason winner { name } seconds behind } } }"""
RETURN = 90.0  # seconds that a gateway may need on a machine that has much to do
SHOWN = """query ($id: ID!) { events(subject: $id, kinds: ["Offer.CardShown"]) {
  nodes { position } } }"""


@pytest.mark.proves("S0-08", "S0-09", "S0-10", "S0-16", "S0-E2", "P1", "P19")
async def test_of_all_who_press_at_once_and_twice_one_has_the_order_and_all_learn_who(
    market: Market,
) -> None:
    masters = [market.executor(f"Мастер {n}") for n in range(8)]
    await asyncio.gather(*(one.is_met() for one in masters))
    deal = await market.deal("Гонка")
    card = await market.card("Гонка")
    executors_bot = market.company.executors_bot.id
    market.world.faults.plan(Fault(DUPLICATE, method="callback_query", bot=executors_bot, times=6))
    presses = [(one, one.press(card, "claim")) for one in [*masters, *masters]]
    told = [(one, await _text(one, press)) for one, press in presses]
    [winner] = {one.chat.user.first_name for one, text in told if "Заказ ваш" in text}
    mine = {text for one, text in told if one.chat.user.first_name == winner}
    assert mine <= {
        "Заказ ваш! Подробности — в личных сообщениях.",
        "Этот заказ уже ваш: /orders в личных сообщениях.",
    }
    others = {text for one, text in told if one.chat.user.first_name != winner}
    assert others == {f"Заказ уже взял(а) {winner}."}
    [first, *_] = masters
    await first.chat.sees(card, f"✅ Заказ взял(а) {winner}")
    assert card.markup is None
    taken = await first.chat.hears(f"взял(а) {winner}", card.id)
    assert taken.reply_to is card
    assert len(first.chat.heard(f"взял(а) {winner}", card.id)) == 1
    for one in masters:
        won = one.private.heard("ваш!")
        assert len(won) == (one.chat.user.first_name == winner)
    [offer] = await market.offers_of(deal)
    claims = (await market.ask(CLAIMS, id=offer["id"]))["offerClaims"]["nodes"]
    [won] = [one for one in claims if one["outcome"] == "WON"]
    lost = [one for one in claims if one["outcome"] == "LOST"]
    assert won["by"]["name"] == winner
    assert {one["by"]["name"] for one in lost} == {one.chat.user.first_name for one in masters} - {
        winner
    }
    assert all(one["reason"] == "TAKEN" and one["winner"]["name"] == winner for one in lost)
    assert all(one["behind"] > 0 for one in lost)


async def _text(one: Executor, press: Callback) -> str:
    return str((await one.answer_to(press)).get("text", ""))


@pytest.mark.proves("S0-E2", "S0-16", "P2", "P19")
async def test_a_gateway_that_is_killed_while_all_press_makes_no_second_winner(
    market: Market,
) -> None:
    masters = [market.executor(f"Мастер {n}") for n in range(4)]
    await asyncio.gather(*(one.is_met() for one in masters))
    card = await market.offered("Гонка под обстрелом")
    shown = {"id": id_of(card)}
    await market.until_asked(SHOWN, lambda told: told["events"]["nodes"], **shown)
    presses = [one.press(card, "claim") for one in masters]
    await asyncio.sleep(0.01)
    market.stage.roles.kill("gateway")
    await Phones(market.world, RETURN).until(
        lambda: card if "✅ Заказ взял" in card.text else None, "the winner"
    )
    name = card.text.rpartition("взял(а) ")[2]
    late = await asyncio.gather(*(one.takes(card) for one in masters))
    assert late.count("Этот заказ уже ваш: /orders в личных сообщениях.") == 1
    assert late.count(f"Заказ уже взял(а) {name}.") == 3
    answered = [await press.wait_for_answer(0.01) for press in presses]
    texts = [str(told.get("text", "")) for told in answered if told]
    assert sum("Заказ ваш" in text for text in texts) <= 1
    winners = [one for one in masters if one.private.heard("ваш!")]
    assert [one.chat.user.first_name for one in winners] == [name]


@pytest.mark.proves("S0-11", "S0-12", "S0-13", "S0-15", "S0-E3", "S0-E4")
async def test_the_deal_learns_who_does_it_and_goes_on_even_without_a_login(
    market: Market,
) -> None:
    vera = await market.seller("Вера")
    ivan = await market.started("Иван", last_name="Петров", username=None)
    ivan.private.says(content=_own_contact(ivan))
    await ivan.private.hears("Спасибо, номер записан")
    deal = await market.deal("Собрать шкаф", vera)
    assert "Заказ ваш" in await ivan.takes(await market.card("Собрать шкаф"))
    told = await market.until(deal, "В работе")
    known = {"name": "Иван Петров", "username": None, "phone": "+79031112233"}
    assert told["executor"] == {**known, "telegramId": ivan.chat.user.id}
    assert told["responsible"] == {"name": "Иван Петров", "username": None, "isExecutor": True}
    assert told["slot"]["person"]["name"] == "Вера"
    assert ("ExecutorFound", "Иван Петров") in [
        (one["what"], one["text"]) for one in told["history"]["nodes"]
    ]
    found = await vera.talk.hears("взял исполнитель")
    assert f"Иван Петров · +79031112233 · id {ivan.chat.user.id}" in found.text
    opened = await vera.opened(found, "Открыть сделку")
    await vera.talk.sees(opened, "Исполнитель: Иван Петров")


def _own_contact(one: Executor) -> dict[str, object]:
    about = {"phone_number": "79031112233", "first_name": "Иван", "user_id": one.chat.user.id}
    return {"contact": about}


@pytest.mark.proves("S0-11", "S0-15")
async def test_the_company_chooses_what_the_deal_learns_and_where_it_goes(company: Market) -> None:
    market = await company.under(sent=["USERNAME"], tellsWinner=False)
    stages = market.fair.stages
    rules = {"claimedStageId": stages["Успешно"], "sent": ["USERNAME"], "tellsWinner": False}
    about = {"pipelineId": market.fair.pipeline_id, "stageId": stages[SEARCH]}
    await market.order("setOffering", **about, offering=rules)
    ivan, petr = await market.started("Иван", username="ivan_s"), await market.started("Пётр")
    deal = await market.deal("Окно")
    card = await market.card("Окно")
    await ivan.takes(card)
    told = await market.until(deal, "Успешно")
    none = {"name": None, "phone": None, "telegramId": None}
    assert told["executor"] == {**none, "username": "ivan_s"}
    await ivan.chat.sees(card, "✅ Заказ нашёл исполнителя")
    assert await petr.takes(card) == "Этот заказ уже занят."


@pytest.mark.proves("S0-E4")
async def test_an_executor_who_works_here_becomes_responsible_and_gives_that_back(
    market: Market,
) -> None:
    vera, boris = await market.seller("Вера"), await market.seller("Борис")
    ivan = await market.started("Борис-мастер")
    id = await market.id_of(ivan)
    await market.order("linkExecutor", executorId=id, personId=boris.id)
    deal = await market.deal("Дверь", vera)
    assert "Заказ ваш" in await ivan.takes(await market.card("Дверь"))
    told = await market.until(deal, "В работе")
    assert told["slot"]["person"]["name"] == "Борис"
    await ivan.gives_back("Дверь")
    back = await market.until(deal, SEARCH)
    assert back["slot"]["person"]["name"] == "Вера"
    assert back["executor"] is None


@pytest.mark.proves("S0-E6", "S0-E5")
async def test_an_order_given_back_or_revoked_is_offered_anew_and_keeps_its_history(
    market: Market,
) -> None:
    vera = await market.seller("Вера")
    ivan, petr = await market.started("Иван"), await market.started("Пётр")
    deal = await market.deal("Кухня", vera)
    first = await market.card("Кухня")
    await ivan.takes(first)
    await market.until(deal, "В работе")
    await ivan.gives_back("Кухня")
    assert "Не успеваю" in (await vera.talk.hears("отказывается от заказа")).text
    second = await market.card("Кухня", first.id)
    await petr.chat.sees(first, "Заказ возвращён, смотрите новый пост")
    assert "этот пост устарел" in await petr.takes(first)
    await petr.takes(second)
    await market.until(deal, "В работе")
    found = await vera.talk.hears("Пётр")
    opened = await vera.opened(found, "Открыть сделку")
    await vera.turned(opened, "Отозвать заказ", "Отозвать заказ у исполнителя")
    await vera.talk.presses("↩ Отозвать", opened)
    await petr.private.hears("Компания передаст заказ")
    third = await market.card("Кухня", second.id)
    await petr.private.asks("/orders", "Заказов у вас сейчас нет")
    assert "Заказ ваш" in await ivan.takes(third)
    told = await market.until(deal, "В работе")
    whats = [one["what"] for one in told["history"]["nodes"]]
    assert (whats.count("ExecutorFound"), whats.count("ExecutorLeft")) == (3, 2)
    standings = [one["standing"] for one in await market.offers_of(deal)]
    assert standings == ["CLAIMED", "REVOKED", "GIVEN_BACK"]
