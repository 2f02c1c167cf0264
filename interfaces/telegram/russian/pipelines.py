"""What owners read of pipelines and of how their deals are offered, in Russian."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "to_pipelines": "🧭 Воронки и заказы",
    "pipelines_head": "Воронки. 🔎 — этап, сделки с которого видят исполнители: нажмите, чтобы"
    " изменить правила.",
    "pipelines_none": "Воронок пока нет. Готовая подойдёт для начала: этапы, поля и правила выдачи"
    " заказов уже есть, остальное меняется позже.",
    "ready_pipeline": "➕ Готовая воронка",
    "ready_pipeline_name": "Заказы",
    "stage_new": "Новая",
    "stage_search": "Поиск исполнителя",
    "stage_work": "В работе",
    "stage_won": "Успешно",
    "stage_lost": "Отказ",
    "field_work": "Работы",
    "field_address": "Адрес",
    "field_pay": "Оплата",
    "field_due": "Срок",
    "reason_price": "Дорого",
    "reason_changed": "Передумал",
    "reason_nobody": "Нет исполнителя",
    "offering_head": "«{stage}»: как заказы попадают к исполнителям. Нажмите, чтобы изменить;"
    " изменения действуют для новых заказов.",
    "offering_window": "Честное окно, секунд: {told}",
    "offering_at_once": "Заказов у одного сразу: {told}",
    "offering_reveals": "Номеров в час: {told}",
    "offering_cool_down": "Пауза после отказа: {told}",
    "offering_expires": "Снять с чата через: {told}",
    "offering_ladder": "Если никто не берёт: {told}",
    "offering_tells_winner": "Говорить, кто взял: {told}",
    "offering_allow_listed": "Только по списку: {told}",
    "step_repeat": "повторить",
    "step_manager": "сказать менеджеру",
    "step_chat": "в другой чат",
    "yes": "да",
    "no": "нет",
    "unlimited": "сколько угодно",
}
