"""What is said about offers and deals, in words: nothing is too long, nothing is markup."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from application.order_letters import (
    BatchDone,
    ContactForgone,
    ContactTold,
    DealFollowed,
    DealGiven,
    DealSeen,
    ExecutorFound,
    LinkFailed,
    OfferCard,
    OfferIgnored,
    OfferSeen,
    OfferUnplaced,
    OrderLost,
    OrderPending,
    OrderReturned,
    OrderRevoked,
    OrderSeen,
    OrderTaken,
    OrderWon,
    OutcomeHeld,
    Party,
    SlotGiven,
)
from application.ports import Letter
from domain.contests import Reason
from domain.offers import Standing
from interfaces.telegram.calls import Call
from interfaces.telegram.formatting import units
from interfaces.telegram.letters import worded
from interfaces.telegram.saying import ALERT_LIMIT
from interfaces.telegram.words import LANGUAGES, words

OFFER, DEAL = uuid4(), DealSeen(deal_id=uuid4(), number=12, title="Шкаф")
LINKED = DealSeen(deal_id=uuid4(), number=13, title="Подключение")


def call(said: object, language: str = "ru") -> Call:
    return worded(
        Letter(workspace_id=uuid4(), bot_id=10, chat_id=-5, language=language, said=said, key="k")
    )


def seen(**about: Any) -> OfferSeen:
    told: dict[str, Any] = {
        "card": "Шкаф\nОплата: 3000",
        "standing": Standing.OPEN,
        "bot": "orders_bot",
        **about,
    }
    return OfferSeen(offer_id=OFFER, number=12, **told)


def order(**about: Any) -> OrderSeen:
    told: dict[str, Any] = {
        "card": "Шкаф",
        "parties": [Party("Ольга", ["+79161234567", "+79160000000"]), Party("Сын", [])],
        "details": [("Адрес", "Тверская, 1")],
        **about,
    }
    return OrderSeen(offer_id=OFFER, number=12, **told)


@pytest.mark.proves("S0-05")
def test_a_card_has_a_heading_and_two_buttons_under_each_other() -> None:
    card = call(OfferCard(seen()))
    assert (card.method, card.params["text"]) == ("sendMessage", "Заказ №12\nШкаф\nОплата: 3000")
    [[phone], [claim]] = card.params["reply_markup"]["inline_keyboard"]
    assert phone["callback_data"] == f"c1:contact:{OFFER.hex}"
    assert claim["callback_data"] == f"c1:claim:{OFFER.hex}"
    assert card.params["entities"] == [{"type": "bold", "offset": 0, "length": 9}]
    assert "parse_mode" not in card.params


@pytest.mark.proves("S0-16")
@pytest.mark.parametrize(
    ("standing", "executor", "line"),
    [
        (Standing.CLAIMED, "Иван Петров", "✅ Заказ взял(а) Иван Петров"),
        (Standing.CLAIMED, None, "✅ Заказ нашёл исполнителя"),
        (Standing.WITHDRAWN, None, "Заказ снят"),
        (Standing.EXPIRED, None, "Время вышло"),
        (Standing.GIVEN_BACK, None, "Заказ возвращён, смотрите новый пост"),
        (Standing.REVOKED, None, "Заказ возвращён, смотрите новый пост"),
    ],
)
def test_a_card_whose_order_is_gone_says_so_without_buttons(
    standing: Standing, executor: str | None, line: str
) -> None:
    card = call(OfferCard(seen(standing=standing, executor=executor), 7))
    assert (card.method, card.params["message_id"]) == ("editMessageText", 7)
    assert card.params["text"].endswith(f"\n\n{line}")
    assert card.params["reply_markup"] == {"inline_keyboard": []}


def test_a_moment_is_shown_on_the_readers_own_clock() -> None:
    at = datetime(2026, 3, 2, 12, 5, 10, tzinfo=UTC)
    card = call(OfferCard(seen(decides_at=at)))
    assert card.params["text"].endswith("⏳ Уже нажали, решение в 12:05:10 UTC")
    _, moment = card.params["entities"]
    raw = card.params["text"].encode("utf-16-le")
    start, end = moment["offset"] * 2, (moment["offset"] + moment["length"]) * 2
    assert raw[start:end].decode("utf-16-le") == "12:05:10 UTC"
    assert moment["unix_time"] == int(at.timestamp())
    assert len(card.params["reply_markup"]["inline_keyboard"]) == 2


@pytest.mark.proves("S0-E10")
@pytest.mark.parametrize("sign", ["я", "😀"])
def test_what_is_too_long_is_cut_before_its_last_lines(sign: str) -> None:
    long = seen(card=sign * 5000, standing=Standing.CLAIMED, executor="Иван")
    text = call(OfferCard(long)).params["text"]
    assert 4090 < units(text) <= 4096
    assert text.endswith(f"{sign}…\n\n✅ Заказ взял(а) Иван")
    told = call(OrderWon(order(card=sign * 5000))).params["text"]
    assert units(told) <= 4096
    assert "Ольга: +79161234567, +79160000000" in told
    many = order(parties=[Party("я" * 200, ["+79161234567"] * 10)] * 20)
    assert units(call(ContactTold(many)).params["text"]) <= 4096


@pytest.mark.proves("S0-E10")
def test_html_stays_text_and_nobody_is_called_by_a_card() -> None:
    text = call(OfferCard(seen(card="<b>Шкаф</b> @all /start"))).params["text"]
    assert "<b>Шкаф</b>" in text
    assert "@all" not in text
    assert "/start" not in text


@pytest.mark.proves("S0-06", "S0-E9")
def test_whom_to_call_is_told_with_every_number_and_what_is_private() -> None:
    for said in (ContactTold(order()), OrderWon(order())):
        text = call(said).params["text"]
        assert "Ольга: +79161234567, +79160000000" in text
        assert "Сын: телефона нет" in text
        assert "Адрес: Тверская, 1" in text
    [[giving]] = call(OrderWon(order())).params["reply_markup"]["inline_keyboard"]
    assert giving["callback_data"] == f"c1:giveback:{OFFER.hex}"


def test_the_chat_is_told_in_reply_to_the_card() -> None:
    taken = call(OrderTaken(12, "Иван", 7))
    assert taken.params["text"] == "✅ Заказ №12 взял(а) Иван"
    assert taken.params["reply_parameters"]["message_id"] == 7
    assert "reply_parameters" not in call(OrderTaken(12, None, None)).params


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("reason", [one for one in Reason if one])
def test_every_reason_has_words_that_an_alert_can_show(language: str, reason: Reason) -> None:
    assert len(words(language, f"claim_{reason}")) <= ALERT_LIMIT
    for said in (OrderLost(12, reason, "Пётр"), ContactForgone(12, reason)):
        assert words(language, f"claim_{reason}") in call(said, language).params["text"]


@pytest.mark.proves("S0-13", "S0-E3")
def test_a_manager_reads_of_the_executor_what_is_known() -> None:
    told = {"name": "Иван", "username": "ivan", "phone": "+79160000000", "telegram_id": "501"}
    found = call(ExecutorFound(DEAL, told))
    assert found.params["text"].splitlines() == [
        "✅ Заказ по сделке №12 «Шкаф» взял исполнитель:",
        "Иван · @ivan · +79160000000 · id 501",
    ]
    [[opening]] = found.params["reply_markup"]["inline_keyboard"]
    assert opening == {"text": "Открыть сделку", "callback_data": f"c1:deal:{DEAL.deal_id.hex}"}
    assert call(ExecutorFound(DEAL, {"name": "Иван"})).params["text"].endswith("\nИван")


SAID: list[tuple[object, str]] = [
    (OrderPending(DEAL, "Адрес"), "не хватает полей: Адрес"),
    (OrderReturned(DEAL, "Иван", "болен"), "Причина: болен"),
    (OrderRevoked(12, "не пришёл"), "Причина: не пришёл"),
    (OrderRevoked(12, ""), "другому исполнителю"),
    (OfferIgnored(DEAL, 15, expired=False), "никто не взял за 15 минут"),
    (OfferIgnored(DEAL, 15, expired=True), "Больше его не предлагают"),
    (OfferUnplaced(DEAL), "нет чата исполнителей"),
    (DealGiven(DEAL, None), "Сделка №12 «Шкаф» теперь ваша"),
    (DealGiven(DEAL, "Анна"), "Анна передаёт вам сделку"),
    (SlotGiven("Продажи 1"), "Слот «Продажи 1» теперь ваш"),
    (DealFollowed(DEAL, "Оплата", LINKED, "Подключён"), "на этапе «Оплата»"),
    (OutcomeHeld(DEAL, LINKED, "Подключён", ["Тариф"]), "не хватает полей: Тариф"),
    (OutcomeHeld(DEAL, LINKED, "Подключён", []), "уже закрыта"),
    (LinkFailed(DEAL, "Подключения", ["Адрес"]), "в воронке «Подключения»"),
    (BatchDone("Старая", 21, 2), "перенесена 21 сделка"),
]


@pytest.mark.proves("S3-07")
@pytest.mark.parametrize(("said", "part"), SAID)
def test_people_read_what_happened_and_what_to_do(said: object, part: str) -> None:
    assert part in call(said).params["text"]
    assert "{" not in call(said, "en").params["text"]
