"""How bots present themselves in Russian: commands and descriptions."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "profile_client_about": "Напишите вопрос — ответит живой человек.",
    "profile_client_description": (
        "Здесь отвечают живые люди.\n\n"
        "Нажмите «Запустить», выберите тему и напишите вопрос: текстом, фотографией, документом"
        " или голосом. Вы получите номер обращения, а ответ придёт в этот же чат."
    ),
    "profile_manager_about": "Рабочее место сотрудников поддержки.",
    "profile_manager_description": (
        "Для сотрудников поддержки.\n\n"
        "Этот бот ставит обращения клиентов в канал и передаёт клиентам ваши комментарии без имени."
        " Здесь — очередь, ваши обращения, клиенты и готовые ответы."
    ),
    "profile_executor_about": "Заказы для исполнителей.",
    "profile_executor_description": (
        "Для исполнителей.\n\n"
        "Заказы появляются в вашем общем чате. Нажмите «Запустить», чтобы получать здесь номера"
        " клиентов и видеть свои заказы."
    ),
    "profile_settings_about": "Создаёт и настраивает службу поддержки в Telegram.",
    "profile_settings_description": (
        "Служба поддержки компании в Telegram.\n\n"
        "Нужны два бота от @BotFather и канал с обсуждением: этот бот проведёт по шагам, подскажет,"
        " чего не хватает, и запустит приём обращений. Начните с кнопки «Запустить»."
    ),
    "command_new": "Новое обращение",
    "command_tickets": "Мои открытые обращения",
    "command_history": "История обращений",
    "command_language": "Язык / Language",
    "command_help": "Что умеет бот",
    "command_queue": "Кто ждёт ответа",
    "command_my": "Мои открытые обращения",
    "command_clients": "Все клиенты",
    "command_find": "Найти клиента или обращение",
    "command_replies": "Готовые ответы",
    "command_deals": "Мои сделки",
    "command_newdeal": "Новая сделка",
    "command_board": "Сделки по этапам",
    "command_here": "Я на месте",
    "command_break": "Я на перерыве",
    "command_gone": "Я ушёл (ушла)",
    "command_start": "С чего начать",
    "command_orders": "Мои заказы",
    "command_phone": "Поделиться своим номером",
    "command_desks": "Мои службы поддержки",
}
