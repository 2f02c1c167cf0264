"""What owners read of the rules of their desk, in Russian."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "rules_head": "⚙️ Настройки. Всё уже работает и без них; меняйте, что нужно.",
    "rule_topics": "Темы",
    "rule_hours": "Часы работы",
    "rule_targets": "Сроки",
    "rule_texts": "Свои тексты",
    "rule_routing": "Кто отвечает",
    "rule_presence": "Присутствие",
    "rule_reopening": "Открыть снова",
    "rule_signing": "Подпись",
    "rule_reports": "Отчёты",
    "rule_language": "Язык",
    "rule_surface": "Где работают",
    # topics
    "topics_head": "Клиент выбирает тему, когда пишет. Нажмите на тему, чтобы убрать её.",
    "topics_none": "Тем нет: клиент сразу пишет вопрос. Добавьте, если вопросы бывают разные.",
    "add_topics": "➕ Добавить темы",
    "ask_topics": "Пришлите темы, каждую с новой строки. Например:\nДоставка\nОплата\nВозврат",
    "placeholder_topics": "Доставка",
    "topics_wrong": "Не больше 50 тем, каждая до 64 знаков, с новой строки. Попробуйте ещё раз.",
    # hours
    "hours_head": "Когда вы отвечаете. В другое время клиент узнает, когда ждать ответа.",
    "hours_always": "Круглосуточно",
    "hours_never": "Всегда закрыто",
    "zone_is": "Часовой пояс: {zone}",
    "own_week": "✎ Своё время",
    "zone": "🌍 Часовой пояс",
    "ask_week": (
        "Напишите дни и часы, например:\nпн-пт 9:00-18:00, сб 10-14\n"
        "или: ежедневно 8-22\nНеназванные дни — выходные."
    ),
    "placeholder_week": "пн-пт 9-18, сб 10-14",
    "week_wrong": "Не понял. Напишите так: пн-пт 9:00-18:00, сб 10-14",
    "zones_head": "В каком поясе вы работаете?",
    "own_zone": "✎ Другой",
    "ask_zone": "Напишите пояс по-английски, как он зовётся в IANA, например: Asia/Almaty",
    "placeholder_zone": "Asia/Almaty",
    "zone_wrong": "Такого пояса нет. Например: Europe/Moscow, Asia/Almaty, Europe/Minsk.",
    "zone_kaliningrad": "Калининград −1",
    "zone_moscow": "Москва",
    "zone_samara": "Самара +1",
    "zone_yekaterinburg": "Екатеринбург +2",
    "zone_omsk": "Омск +3",
    "zone_krasnoyarsk": "Красноярск +4",
    "zone_irkutsk": "Иркутск +5",
    "zone_yakutsk": "Якутск +6",
    "zone_vladivostok": "Владивосток +7",
    "zone_magadan": "Магадан +8",
    "zone_kamchatka": "Камчатка +9",
    # targets
    "targets_head": "За какое время вы хотите отвечать и решать. О просрочке увидят сотрудники.",
    "target_first": "Первый ответ: {target}",
    "target_closing": "Решение: {target}",
    "target_first_short": "ответ",
    "target_closing_short": "решение",
    "no_target": "без срока",
    "own_target": "✎ Свой",
    "ask_first": "За какое время давать первый ответ? Например: 20 мин, 2 ч, 1 день.",
    "ask_closing": "За какое время закрывать обращение? Например: 4 ч, 2 дня.",
    "placeholder_target": "20 мин",
    "duration_wrong": "Не понял. Напишите, например: 15 мин, 2 ч, 1 день (не больше года).",
    "lasting_minutes": Plural(
        one="{count} минута", few="{count} минуты", many="{count} минут", other="{count} минуты"
    ),
    "lasting_hours": Plural(
        one="{count} час", few="{count} часа", many="{count} часов", other="{count} часа"
    ),
    "lasting_days": Plural(
        one="{count} день", few="{count} дня", many="{count} дней", other="{count} дня"
    ),
    # texts
    "texts_head": "Что бот говорит клиентам. ✎ — сказано вашими словами, остальное — нашими.",
    "text_greeting": "Приветствие",
    "about_greeting": "Клиент открывает бота.",
    "text_accepted": "Обращение принято",
    "about_accepted": "После первого сообщения нового обращения.",
    "text_out_of_hours": "Вне рабочих часов",
    "about_out_of_hours": "Клиент пишет, когда вы закрыты.",
    "text_rate_please": "Просьба об оценке",
    "about_rate_please": "После закрытия обращения, над звёздами.",
    "text_blocked": "Клиент заблокирован",
    "about_blocked": "Заблокированный клиент пишет снова.",
    "text_is_ours": "Сейчас — стандартный текст.",
    "change_text": "✎ Изменить",
    "reset_text": "↺ Вернуть стандартный",
    "ask_text": "{occasion}: пришлите свой текст, до 1000 знаков.",
    "placeholder_text": "Ваш текст",
    "text_wrong": "Слишком длинно: до 1000 знаков. Пришлите короче.",
    # reports
    "reports_head": (
        "Расписание отчётов: {every}, в {clock} по вашему времени.\n"
        "Сами отчёты появятся в следующей версии; расписание сохранится."
    ),
    "report_never": "никогда",
    "report_day": "каждый день",
    "report_week": "каждую неделю",
    "report_month": "каждый месяц",
    "own_clock": "✎ Другое время",
    "ask_clock": "Во сколько присылать отчёт? Например: 8:30",
    "placeholder_clock": "8:30",
    "clock_wrong": "Напишите время так: 8:30",
    # policies
    "routing_head": (
        "Кто отвечает за новое обращение:\n\n"
        "• кто первым ответил — обращение закрепляется за тем, кто первым написал клиенту\n"
        "• кто нажал «Взять» — отвечать можно только после этого\n"
        "• автоматически — достаётся тому, кто на месте и у кого меньше обращений"
    ),
    "routing_first_answer": "кто первым ответил",
    "routing_manual": "кто нажал «Взять»",
    "routing_automatic": "автоматически",
    "presence_head": (
        "Как узнавать, кто на месте:\n\n"
        "• вручную — сотрудник отмечается сам: /here, /break, /gone\n"
        "• по активности — кто молчит дольше срока, того бот спросит;"
        " не ответил за минуту — не на месте. Спрашивать бот начнёт со следующей версии,"
        " до неё действуют отметки вручную"
    ),
    "presence_manual": "вручную",
    "presence_activity": "по активности: {silence}",
    "reopening_head": "Сколько времени клиент может снова открыть закрытое обращение?",
    "reopening_never": "никогда",
    "reopening_by_reply": "кнопкой и ответом на сообщение",
    "reopening_by_button": "только кнопкой",
    "signing_head": (
        "Клиент не видит, кто ему отвечает. Могут ли сотрудники сами называть себя в ответе?\n"
        "Если нельзя, ответ с именем или логином сотрудника не отправится."
    ),
    "signing_forbidden": "нельзя",
    "signing_allowed": "можно",
    # languages
    "language_name": "Русский",
    "own_language_head": "На каком языке говорить с вами?",
    "language_head": "На каком языке вести канал и группу сотрудников?",
    # surfaces
    "surfaces_head": (
        "Где сотрудники работают с обращениями:\n\n"
        "• канал с обсуждением — обращение стоит постом, отвечают в комментариях;"
        " удобно большинству\n"
        "• группа с темами — у каждого обращения своя тема\n"
        "• обычная группа — обращения в общем чате; для двух-трёх человек\n\n"
        "Сейчас: {now}\n"
        "Выбирают в боте для сотрудников: он покажет ваши каналы и группы."
    ),
    "surface_channel": "канал с обсуждением",
    "surface_forum": "группа с темами",
    "surface_group": "обычная группа",
}
