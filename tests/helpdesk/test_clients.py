"""What a client goes through: topics, several tickets, ends and returns, hours, blocks, floods."""

import pytest

from interfaces.sandbox.membership import block
from tests.helpdesk.desk import Desk

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
NEVER = [["00:00-00:01"]] + [[]] * 6
RECORD = """query ($n: Int!) { ticket(number: $n) { number topic status stars
  client { name username telegramId } holder { name } cycles { cycle stars comment } } }"""


@pytest.mark.proves("S1-13", "S1-14", "S1-15")
async def test_a_topic_then_a_question_then_a_number_and_the_whole_record(desk: Desk) -> None:
    await desk.order("defineTopics", topics=["Доставка", "Оплата"])
    olga, anna = desk.client("Ольга", username="olga_k"), desk.manager("Анна")
    await olga.talk.asks("/start", "Здравствуйте, Ольга")
    await olga.talk.presses("Новое обращение")
    await olga.talk.presses("Оплата")
    await olga.hears("Тема «Оплата»")
    ticket = await olga.asks("Списали дважды")
    assert await anna.presses(ticket, "Взять") == "Обращение №1 ваше"
    await anna.presses(ticket, "Закрыть")
    await olga.talk.presses("4★")
    await olga.talk.answers("Что понравилось", "Долго, но помогли")
    await olga.hears("передадим")
    assert (await anna.group.hears("Долго, но помогли")).thread == ticket.root
    record = (await desk.ask(RECORD, n=1))["ticket"]
    assert record == {
        "number": 1,
        "topic": "Оплата",
        "status": "CLOSED",
        "stars": 4,
        "client": {"name": "Ольга", "username": "olga_k", "telegramId": olga.user.id},
        "holder": {"name": "Анна"},
        "cycles": [{"cycle": 1, "stars": 4, "comment": "Долго, но помогли"}],
    }


@pytest.mark.proves("S1-23")
async def test_of_several_tickets_the_reply_the_choice_or_an_answer_to_a_question_decides(
    desk: Desk,
) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    first = await olga.asks("Где заказ?")
    await olga.talk.asks("/new", "Напишите ваш вопрос")
    second = await olga.asks("Как вернуть товар?")
    assert second.root != first.root

    anna.comments(first, "Заказ у курьера")
    about_first = await olga.hears("Заказ у курьера")
    olga.writes("Он не звонил", reply_to=about_first.id)
    assert (await anna.group.hears("Он не звонил")).thread == first.root

    anna.comments(second, "Вернуть можно в пункте выдачи")
    await olga.hears("Вернуть можно")
    olga.writes("А до какого часа?")
    await olga.talk.presses("№2", await olga.hears("К какому обращению"))
    assert (await anna.group.hears("А до какого часа?")).thread == second.root

    listed = await olga.talk.asks("/tickets", "У вас 2 открытых обращения")
    await olga.talk.presses("№1", listed)
    await olga.talk.presses("Писать сюда", listed)
    olga.writes("Курьер позвонил")
    assert (await anna.group.hears("Курьер позвонил")).thread == first.root


@pytest.mark.proves("S1-24", "S1-25", "S1-E13")
async def test_both_sides_close_and_reopen_and_every_closing_is_rated_once(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где заказ?")
    await anna.presses(ticket, "Взять")
    await anna.presses(ticket, "Закрыть")
    request = await olga.hears("№1 закрыто")
    await olga.talk.presses("2★", request)
    await olga.talk.sees(request, "★★")
    await anna.presses(ticket, "Открыть снова")
    await olga.hears("№1 снова открыто", request.id)

    listed = await olga.talk.asks("/tickets", "У вас 1 открытое")
    await olga.talk.presses("№1", listed)
    assert "закрыто" in await olga.talk.presses("Закрыть", listed)
    again = await olga.hears("№1 закрыто. Оцените", listed.id)
    await olga.talk.presses("5★", again)
    await olga.talk.sees(again, "★★★★★")
    await olga.talk.presses("Открыть снова", listed)
    await anna.group.finds("Закрыть", ticket.card)
    cycles = (await desk.ask(RECORD, n=1))["ticket"]["cycles"]
    assert [one["stars"] for one in cycles] == [2, 5, None]


@pytest.mark.proves("S1-E9", "S1-25")
async def test_a_message_to_a_closed_ticket_reopens_it_or_is_a_new_one_as_the_company_wants(
    desk: Desk,
) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где заказ?")
    anna.comments(ticket, "В пути")
    answer = await olga.hears("В пути")
    await anna.presses(ticket, "Закрыть")
    await olga.hears("закрыто")
    olga.writes("Так и не пришёл", reply_to=answer.id)
    await olga.hears("снова открыто, сообщение передано")
    assert (await anna.group.hears("Так и не пришёл")).thread == ticket.root

    await anna.presses(ticket, "Закрыть")
    await olga.hears("закрыто", answer.id + 1)
    await desk.order("setReopening", within=60, byReply=False)
    said = olga.writes("Ещё вопрос", reply_to=answer.id)
    assert await olga.opens(said) == 2


@pytest.mark.proves("S1-10")
async def test_out_of_hours_the_client_hears_it_once_and_when_to_expect_an_answer(
    desk: Desk,
) -> None:
    await desk.order("setHours", zone="Asia/Yekaterinburg", week=NEVER)
    await desk.order("setTexts", texts=[{"kind": "OUT_OF_HOURS", "text": "Мы отдыхаем."}])
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Есть кто?")
    said = await olga.hears("Мы отдыхаем.")
    assert "понедельник, 00:00" in said.text
    olga.writes("Ау!")
    await anna.group.hears("Ау!")
    anna.comments(ticket, "Я зашла на минуту")
    await olga.hears("Я зашла на минуту")
    assert len(olga.talk.heard("Мы отдыхаем.")) == 1


@pytest.mark.proves("S1-28", "P8")
async def test_a_blocked_client_hears_so_and_reaches_nobody_until_unblocked(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где заказ, сволочи?")
    await anna.opens(ticket, "Блок")
    await anna.office.presses("🚫 Заблокировать")
    await anna.group.sees(ticket.card, "Клиент заблокирован")
    olga.writes("Ну и что")
    await olga.hears("Вы не можете писать в эту службу")

    listed = await anna.office.asks("/clients", "Клиенты")
    await anna.office.presses("🚫 Ольга", listed)
    await anna.office.presses("Разблокировать", listed)
    olga.writes("Извините, сорвалась")
    await anna.group.hears("Извините, сорвалась")
    assert anna.group.heard("Ну и что") == []
    assert [one["text"] for one in await desk.thread(ticket, "text")] == [
        "Где заказ, сволочи?",
        "Извините, сорвалась",
    ]


async def test_whoever_writes_too_fast_is_told_once_and_the_rest_goes_on(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Вопрос 1")
    for number in range(2, 25):
        olga.writes(f"Вопрос {number}")
    await olga.hears("Сообщений слишком много")
    await anna.group.hears("Вопрос 20")
    anna.comments(ticket, "Не торопитесь")
    await olga.hears("Не торопитесь")
    assert len(olga.talk.heard("Сообщений слишком много")) == 1
    assert len(ticket.shown("Вопрос")) == 20


@pytest.mark.proves("S1-E8")
async def test_an_answer_to_somebody_who_stopped_the_bot_is_told_in_the_thread(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где заказ?")
    block(desk.world, olga.user, olga.talk.chat, blocked=True)
    await anna.group.hears("Клиент остановил бота: ответы не дойдут")
    await anna.group.sees(ticket.card, "Клиент остановил бота")
    anna.comments(ticket, "Уже в пути")
    notice = await anna.group.hears("Ответ не доставлен клиенту: клиент остановил бота")
    assert notice.thread == ticket.root
    block(desk.world, olga.user, olga.talk.chat, blocked=False)
    await anna.group.hears("Клиент снова на связи")
    anna.comments(ticket, "Теперь видно?")
    await olga.hears("Теперь видно?")
