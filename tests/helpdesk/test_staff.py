"""What managers do: claim, hand over, note, answer at hand, find, block, state presence."""

import asyncio

import pytest

from interfaces.sandbox import people
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.people import forward
from tests.helpdesk.desk import Desk
from tests.helpdesk.talks import eventually

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
ROSTER = "{ roster { nodes { name openTickets presence } } }"
TICKET = "query ($n: Int!) { ticket(number: $n) { holder { name } tags priority status } }"


@pytest.mark.proves("S1-18", "P1")
async def test_of_all_who_press_at_once_one_wins_and_the_others_learn_who(desk: Desk) -> None:
    olga = desk.client("Ольга")
    staff = [desk.manager(name) for name in ("Анна", "Борис", "Вера")]
    ticket = await olga.asks("Где заказ?")
    answers = await asyncio.gather(*(one.presses(ticket, "Взять") for one in staff))
    won = [one for one, told in zip(staff, answers, strict=True) if "ваше" in told]
    assert len(won) == 1
    name = won[0].user.first_name
    assert sorted(answers) == sorted(["Обращение №1 ваше"] + [f"Уже взял(а) {name}"] * 2)
    await won[0].group.sees(ticket.card, f"Отвечает {name}")


@pytest.mark.proves("S1-E4")
async def test_what_the_staff_says_among_itself_never_reaches_the_client(desk: Desk) -> None:
    olga, anna, boris = desk.client("Ольга"), desk.manager("Анна"), desk.manager("Борис")
    ticket = await olga.asks("Где заказ?")
    mine = anna.comments(ticket, "Смотрю")
    await olga.hears("Смотрю")
    anna.comments(ticket, "// тайна первая: опять она")
    anna.comments(ticket, "/note тайна вторая")
    await anna.presses(ticket, "Заметка")
    await anna.group.answers("будет заметка", "тайна третья")
    boris.comments(ticket, "тайна четвёртая: я бы вернул деньги", reply_to=mine.id)
    told = boris.comments(ticket, "тайна пятая: посмотри склад")
    await boris.is_told(told, "ведёт другой сотрудник")
    aside = boris.comments(ticket, "// тайна шестая")
    await eventually(lambda: _kept(desk, ticket.id, "тайна шестая"), "the note of Boris")
    anna.comments(ticket, "тайна седьмая: спасибо", reply_to=aside.id)
    anna.comments(ticket, "/полцены тайна восьмая")
    anna.comments(ticket, "Едет")
    await olga.hears("Едет")
    assert olga.talk.heard("тайна") == []
    kept = await desk.thread(ticket, "direction text")
    assert {one["direction"] for one in kept if "тайна" in one["text"]} == {"NOTE"}
    assert len([one for one in kept if "тайна" in one["text"]]) == 7


async def _kept(desk: Desk, id: str, text: str) -> bool | None:
    told = await desk.ask("query ($id: ID!) { thread(ticketId: $id) { nodes { text } } }", id=id)
    return any(text in one["text"] for one in told["thread"]["nodes"]) or None


@pytest.mark.proves("S1-E2", "S1-E3")
async def test_strangers_channels_and_anonymous_admins_are_told_why_they_are_not_heard(
    desk: Desk,
) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где заказ?")
    stranger = desk.as_manager(desk.world.user("Прохожий"))
    post = ticket.post
    assert post is not None
    said = people.say(
        desk.world, stranger.user, desk.company.channel, "тайна чужого", comment_to=post.id
    )
    await stranger.is_told(said, "вас нет среди сотрудников")
    said = anna.comments(ticket, "тайна канала", as_channel=True)
    await anna.is_told(said, "не видно, кто его написал")
    boris = desk.manager("Борис")
    set_member(
        desk.world, desk.company.group, boris.user, "administrator", anonymous=True,
        by=anna.user,
    )  # fmt: skip
    said = boris.comments(ticket, "тайна анонима")
    await boris.is_told(said, "не видно, кто его написал")
    anna.comments(ticket, "Едет")
    await olga.hears("Едет")
    assert olga.talk.heard("тайна") == []
    assert "тайна" not in str(await desk.thread(ticket, "text"))


@pytest.mark.proves("S1-26")
async def test_a_ticket_goes_to_a_colleague_who_is_told_and_answers_from_now_on(desk: Desk) -> None:
    olga, anna, boris = desk.client("Ольга"), desk.manager("Анна"), desk.manager("Борис")
    boris.office.says("/start")
    ticket = await olga.asks("Где заказ?")
    await anna.presses(ticket, "Взять")
    await anna.opens(ticket, "Передать")
    await anna.office.presses("Борис")
    await anna.office.presses("Передать с пояснением")
    await anna.office.answers("Что сказать коллеге", "ты ближе к складу")
    told = await boris.office.hears("Вам передано обращение №1")
    assert "ты ближе к складу" in told.text
    await boris.group.sees(ticket.card, "Отвечает Борис")
    boris.comments(ticket, "Это снова мы")
    await olga.hears("Это снова мы")
    boris.comments(ticket, "/transfer @" + (anna.user.username or ""))
    await anna.group.sees(ticket.card, "Отвечает Анна")


@pytest.mark.proves("S1-27")
async def test_a_manager_lists_what_waits_and_what_is_theirs(desk: Desk) -> None:
    olga, pavel, anna = desk.client("Ольга"), desk.client("Павел"), desk.manager("Анна")
    assert "нет открытых" in (await anna.office.asks("/my", "У вас нет")).text
    first = await olga.asks("Где заказ?")
    await pavel.asks("Нужен счёт")
    queue = await anna.office.asks("/queue", "Открытые обращения")
    assert "№1 · Ольга" in queue.text
    assert "№2 · Павел" in queue.text
    assert await anna.office.presses("Взять", queue) == "Обращение №1 ваше"
    await anna.office.sees(queue, "Анна")
    mine = await anna.office.asks("/my", "Ваши открытые обращения")
    assert "№1 · Ольга" in mine.text
    assert "№2" not in mine.text
    _, link = await anna.office.finds("💬", mine)
    assert link["url"].endswith(f"/{first.root}") or f"/{first.root}" in link["url"]


@pytest.mark.proves("S1-28", "S1-29")
async def test_a_manager_lists_all_clients_finds_one_and_reads_their_history(desk: Desk) -> None:
    anna = desk.manager("Анна")
    for number in range(10):
        desk.client(f"Клиент{number}", username=f"client_{number}").talk.says("/start")
    olga = desk.client("Ольга Ким", username="olga_kim")
    await olga.asks("Где заказ?")
    listed = await anna.office.asks("/clients", "Клиенты, сначала новые")
    await anna.office.finds("Ольга Ким @olga_kim · 1", listed)
    await anna.office.presses("▶", listed)
    await anna.office.finds("Клиент0", listed)
    for wanted in ("олЬга", "@olga_kim", str(olga.user.id)):
        found = await anna.office.asks(f"/find {wanted}", "Клиенты по запросу")
        assert len((found.markup or {})["inline_keyboard"]) == 1
        await anna.office.finds("Ольга Ким", found)
    await anna.office.presses("Ольга Ким", found)
    await anna.office.sees(found, f"Telegram id: {olga.user.id}")
    await anna.office.presses("Обращения клиента", found)
    await anna.office.finds("№1", found)


async def test_a_canned_reply_speaks_for_itself_and_does_what_it_says(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    await anna.office.asks("/replies", "Готовых ответов пока нет")
    await anna.office.presses("Добавить")
    text = "thanks Спасибо, {client}! Обращение {number} решено.\n+закрыть\n+метка решено"
    await anna.office.answers("Пришлите готовый ответ", text)
    await anna.office.hears("сохранён")
    ticket = await olga.asks("Всё пришло!")
    await anna.opens(ticket, "Ответы")
    await anna.office.presses("thanks")
    await olga.hears("Спасибо, Ольга! Обращение 1 решено.")
    await olga.hears("Обращение №1 закрыто")
    await anna.group.sees(ticket.card, "Закрыто")
    told = (await desk.ask(TICKET, n=1))["ticket"]
    assert told == {
        "holder": {"name": "Анна"}, "tags": ["решено"], "priority": "NORMAL", "status": "CLOSED",
    }  # fmt: skip
    assert "Ответ клиенту · Анна" in ticket.shown("Спасибо, Ольга!")[0].text


async def test_tags_and_priority_show_on_card_and_post_and_order_the_queue(desk: Desk) -> None:
    olga, pavel, anna = desk.client("Ольга"), desk.client("Павел"), desk.manager("Анна")
    await olga.asks("Где заказ?")
    ticket = await pavel.asks("Пожар!")
    anna.comments(ticket, "/priority срочно")
    anna.comments(ticket, "/tag склад")
    await anna.group.sees(ticket.card, "#склад")
    assert "🔴" in ticket.card.text
    assert ticket.post is not None
    await anna.group.sees(ticket.post, "🔴 №2")
    queue = await anna.office.asks("/queue", "🔴")
    assert queue.text.index("№2") < queue.text.index("№1")
    anna.comments(ticket, "/untag склад")
    await anna.group.until(lambda: "#склад" not in ticket.card.text or None, "no tag")
    assert pavel.talk.heard("склад") == []


@pytest.mark.proves("S1-33")
async def test_where_tickets_are_claimed_by_hand_nobody_answers_before(desk: Desk) -> None:
    await desk.order("setRoutingPolicy", rule="MANUAL")
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где заказ?")
    said = anna.comments(ticket, "тайна: рано")
    await anna.is_told(said, "никто не взял")
    await anna.presses(ticket, "Взять")
    anna.comments(ticket, "Едет")
    await olga.hears("Едет")
    assert olga.talk.heard("тайна") == []


@pytest.mark.proves("S1-33")
async def test_where_tickets_are_given_out_they_go_to_who_is_here_with_least_to_do(
    desk: Desk,
) -> None:
    await desk.order("setRoutingPolicy", rule="AUTOMATIC")
    anna, boris, vera = (desk.manager(name) for name in ("Анна", "Борис", "Вера"))
    await anna.office.asks("/here", "на месте")
    await boris.office.asks("/here", "на месте")
    await vera.office.asks("/gone", "ушли")
    names = ("Ольга", "Павел", "Римма", "Семён", "Тимур", "Ульяна")
    tickets = await asyncio.gather(*(desk.client(name).asks(f"Вопрос: {name}") for name in names))
    holders: list[str] = []
    for ticket in tickets:
        await anna.group.sees(ticket.card, "Отвечает")
        holders.append(ticket.card.text.rpartition("Отвечает ")[2].split()[0])
    assert sorted(holders) == ["Анна"] * 3 + ["Борис"] * 3
    await boris.office.asks("/gone", "ушли")
    await anna.office.asks("/break", "на перерыве")
    late = await desk.client("Фёдор").asks("Есть кто?")
    await vera.office.asks("/here", "на месте")
    await anna.group.sees(late.card, "Отвечает Вера")
    await eventually(lambda: _presence(desk, "Анна", "BREAK"), "Anna's break")
    await boris.office.asks("/who", "🟡 Анна")


async def _presence(desk: Desk, name: str, presence: str) -> bool | None:
    people_ = (await desk.ask(ROSTER))["roster"]["nodes"]
    return any(one["name"] == name and one["presence"] == presence for one in people_) or None


@pytest.mark.proves("S1-E1")
async def test_a_forwarded_post_of_the_staff_is_no_ticket_and_disturbs_none(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    channel = desk.company.channel
    news = people.say(desk.world, anna.user, channel, "Новости склада")
    ticket = await olga.asks("Где заказ?")
    forward(desk.world, anna.user, news, channel)
    assert ticket.post is not None
    assert ticket.post.origin is None
    await anna.group.until(lambda: news.copy, "the copy of the news")
    people.say(desk.world, anna.user, channel, "тайна: обсудим", comment_to=news.id)
    anna.comments(ticket, "Едет")
    await olga.hears("Едет")
    assert olga.talk.heard("тайна") == []
