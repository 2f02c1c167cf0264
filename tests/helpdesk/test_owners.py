"""From /start in the settings bot to a desk that works, and everything an owner does with it."""

import re

import psycopg
import pytest
from psycopg import sql

from infrastructure.stage import Stage
from interfaces.sandbox.membership import set_member
from tests.helpdesk.desk import Desk
from tests.helpdesk.owner import Owner
from tests.helpdesk.talks import Talk, eventually

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
SETTINGS = """{ workspace { topics running settings { zone week firstReaction closing } } }"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'ledger'"
LACK_OF_A_BOT = "Бота для клиентов нет в группе"


@pytest.mark.proves(
    *("S1-01", "S1-02", "S1-03", "S1-04", "S1-05", "S1-06", "S1-07", "S1-30", "P47"),
)
async def test_what_is_missing_is_told_one_by_one_until_the_desk_runs(
    stage: Stage, owner: Owner
) -> None:
    desk = owner.desk
    owner.opens(stage.settings_bot)
    await desk.answers("Как называется ваша компания?", "Ромашка")
    home = await desk.hears("«Ромашка» создана")
    assert home.text.count("◻️") == 4
    assert "▶️ Запустить" not in str(home.markup)

    clients, managers = owner.makes_bot("Ромашка"), owner.makes_bot("Ромашка · стол")
    await desk.presses("Подключить бота для клиентов")
    wrong = await desk.answers("Бот для клиентов. Откройте", "123456:oops")
    await desk.hears("Это не токен", wrong.id)
    unknown = desk.says(f"{clients.id}:AAH{'x' * 32}")
    await desk.hears("Telegram не знает такого токена", unknown.id)
    desk.says(clients.token)
    await desk.hears(f"✅ Бот @{clients.user.username} подключён")
    await desk.presses("Подключить бота для сотрудников")
    said = await desk.answers("Бот для сотрудников. Откройте", managers.token)
    await desk.hears(f"✅ Бот @{managers.user.username} подключён")
    await desk.loses(said)

    office, (channel, group) = owner.talk(managers), owner.makes_channel("Заявки", managers)
    stage.world.link(channel, None)
    await owner.picks(managers, channel)
    await office.hears("У канала нет обсуждения")
    stage.world.link(channel, group)
    await owner.picks(managers, channel)
    await office.hears("Обращения будут здесь: Заявки")
    lacks = await office.hears("Не хватает одного:")
    assert LACK_OF_A_BOT in lacks.text
    set_member(stage.world, group, clients.user, "administrator")
    await office.presses("Проверить снова", lacks)
    await office.sees(lacks, "Всё на месте")
    await _starts(desk)

    await eventually(lambda: _commands(owner, clients.id, "new"), "commands of the client bot")
    await eventually(lambda: _commands(owner, managers.id, "queue"), "commands of the other")
    for bot in (clients, managers):
        secret = bot.token.partition(":")[2]
        assert secret not in "".join(one.text for one in desk.heard())
        await eventually(lambda s=secret: _is_kept_nowhere(stage.dsn, s), "a sealed token")


async def _is_kept_nowhere(dsn: str, secret: str) -> bool | None:
    """Whether no table of the database has these words, as text or as bytes."""
    async with await psycopg.AsyncConnection.connect(dsn) as connection:
        tables = await (await connection.execute(TABLES)).fetchall()
        for (table,) in tables:
            query = sql.SQL("SELECT 1 FROM ledger.{} t WHERE t::text LIKE ANY(%s) LIMIT 1")
            forms = [f"%{secret}%", f"%{secret.encode().hex()}%"]
            found = await connection.execute(query.format(sql.Identifier(table)), [forms])
            if await found.fetchone():
                return None
    return True


async def _starts(desk: Talk) -> None:
    """Look at the desk anew, and start it."""
    home = await desk.asks("/start", "🏢 Ромашка")
    await desk.presses("Проверить снова", home)
    await desk.presses("▶️ Запустить", home)
    await desk.sees(home, "Служба запущена")


async def _commands(owner: Owner, bot_id: int, name: str) -> bool | None:
    profile = owner.stage.world.bots[bot_id].profile
    told = [each["command"] for each in profile.commands_for(1, "ru")]
    return (name in told and profile.menu_button(1)["type"] == "commands") or None


@pytest.mark.proves("S1-07")
async def test_an_invitation_lets_one_person_in_who_then_answers(desk: Desk, owner: Owner) -> None:
    await desk.owned_by(owner.user)
    await _opens(owner, "Сотрудники")
    await owner.desk.presses("➕ Менеджер")
    link = await owner.desk.hears("start=i_")
    code = link.text.rpartition("start=")[2].split()[0]
    galya, zina = (desk.world.user(name) for name in ("Галя", "Зина"))
    bot = desk.company.managers_bot
    owner.opens(bot, code, galya)
    await owner.talk(bot, galya).hears("Добро пожаловать в «Ромашка», Галя!")
    owner.opens(bot, code, zina)
    await owner.talk(bot, zina).hears("Приглашение уже использовано")
    set_member(desk.world, desk.company.group, galya, "member")
    olga = desk.client("Ольга")
    ticket = await olga.asks("Где заказ?")
    desk.as_manager(galya).comments(ticket, "Сейчас узнаю")
    await olga.hears("Сейчас узнаю")


async def _opens(owner: Owner, *labels: str) -> Talk:
    """Go from the home of the desk to a screen."""
    home = await owner.desk.asks("/start", "🏢 Ромашка")
    for label in labels:
        await owner.desk.presses(label, home)
    return owner.desk


@pytest.mark.proves("S1-05")
async def test_a_stopped_desk_says_so_and_goes_on_when_started(desk: Desk, owner: Owner) -> None:
    await desk.owned_by(owner.user)
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    await _opens(owner, "⏹ Остановить", "Да, остановить")
    await owner.desk.finds("▶️ Запустить")
    olga.writes("Есть кто?")
    await olga.hears("Служба сейчас не принимает обращения")
    await owner.desk.presses("▶️ Запустить")
    await owner.desk.hears("Служба запущена")
    ticket = await olga.asks("А теперь?")
    anna.comments(ticket, "Да!")
    await olga.hears("Да!")
    assert ticket.number == 1


@pytest.mark.proves("S1-10", "S1-11", "S1-13")
async def test_topics_hours_and_targets_are_set_and_kept(desk: Desk, owner: Owner) -> None:
    await desk.owned_by(owner.user)
    talk = await _opens(owner, "Настройки", "Темы", "Добавить темы")
    await talk.answers("Пришлите темы", "Доставка\nОплата")
    await talk.finds("✖ Доставка")
    await _opens(owner, "Настройки", "Часы работы", "Своё время")
    await talk.answers("Напишите дни и часы", "пн-пт 10-19, сб 11-15")
    await talk.hears("пн–пт 10:00–19:00, сб 11:00–15:00")
    await talk.presses("Часовой пояс")
    await talk.presses("Екатеринбург")
    await talk.hears("Часовой пояс: Екатеринбург")
    await _opens(owner, "Настройки", "Сроки", "ответ: 15 минут", "решение: 1 день")
    await talk.hears("Решение: 1 день")
    settings = (await desk.ask(SETTINGS))["workspace"]
    assert settings["topics"] == ["Доставка", "Оплата"]
    assert settings["settings"] == {
        "zone": "Asia/Yekaterinburg",
        "week": [["10:00-19:00"]] * 5 + [["11:00-15:00"], []],
        "firstReaction": 15,
        "closing": 24 * 60,
    }
    olga = desk.client("Ольга")
    olga.writes("Где заказ?")
    await olga.talk.presses("Оплата", await olga.hears("О чём ваш вопрос?"))
    await olga.hears("Обращение №1 «Оплата» принято")


@pytest.mark.proves("S1-08", "S1-26")
async def test_the_owner_hands_tickets_over_one_by_one_and_all_at_once(
    desk: Desk, owner: Owner
) -> None:
    await desk.owned_by(owner.user)
    anna, boris, vera = (desk.manager(name) for name in ("Анна", "Борис", "Вера"))
    boris.office.says("/start")
    tickets = [await desk.client(f"Клиент {n}").asks(f"Вопрос {n}") for n in (1, 2, 3)]
    for ticket in tickets:
        await anna.presses(ticket, "Взять")
    await eventually(lambda: _holds(desk, "Анна", 3), "three tickets of Anna")
    talk = await _opens(owner, "Обращения", "Анна · 3", "↪ №1", "Борис")
    await talk.hears("Обращение №1 передано: Борис")
    await boris.office.hears("Вам передано обращение №1")
    await eventually(lambda: _holds(desk, "Анна", 2), "two tickets of Anna")
    await _opens(owner, "Обращения", "Анна · 2", "Передать все", "Вера")
    await talk.hears("Передано 2 обращения: Анна → Вера")
    await vera.group.sees(tickets[2].card, "Отвечает Вера")


async def _holds(desk: Desk, name: str, count: int) -> bool | None:
    told = (await desk.ask("{ roster { nodes { name openTickets } } }"))["roster"]["nodes"]
    return {"name": name, "openTickets": count} in told or None


@pytest.mark.proves("S1-07", "S1-E10")
async def test_tickets_of_a_manager_who_was_removed_wait_for_somebody_else(
    desk: Desk, owner: Owner
) -> None:
    await desk.owned_by(owner.user)
    olga, anna, boris = desk.client("Ольга"), desk.manager("Анна"), desk.manager("Борис")
    ticket = await olga.asks("Где заказ?")
    anna.comments(ticket, "Смотрю")
    await olga.hears("Смотрю")
    await eventually(lambda: _holds(desk, "Анна", 1), "the ticket of Anna")
    talk = await _opens(owner, "Сотрудники", "Анна", "Удалить из сотрудников")
    assert "1 открытое обращение вернётся в очередь" in (await talk.hears("Удалить Анна?")).text
    await talk.presses("Да, удалить")
    await boris.group.sees(ticket.card, "Ждёт ответа")
    said = anna.comments(ticket, "тайна: я ещё тут")
    await anna.is_told(said, "вас нет среди сотрудников")
    boris.comments(ticket, "Теперь отвечаем мы")
    await olga.hears("Теперь отвечаем мы")
    assert olga.talk.heard("тайна") == []
    kept = await desk.thread(ticket, "by { name } text")
    assert {"by": {"name": "Анна"}, "text": "Смотрю"} in kept
    assert not any(re.search("Анна|Борис", one.text) for one in olga.talk.heard())
