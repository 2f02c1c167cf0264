"""What the relay says in Russian, to clients and to the staff."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    # to the client
    "ticket": "Обращение №{number}",
    "rate_please": "Обращение №{number} закрыто. {ask}",
    "rate_ask": "Оцените, пожалуйста, ответ:",
    "reopened": "Обращение №{number} снова открыто.",
    "out_of_hours": "Спасибо, ваше сообщение принято. Сейчас нерабочее время.",
    "opening": "Мы ответим, когда откроемся: {day}, {at}.",
    "day_0": "понедельник",
    "day_1": "вторник",
    "day_2": "среда",
    "day_3": "четверг",
    "day_4": "пятница",
    "day_5": "суббота",
    "day_6": "воскресенье",
    # in the thread
    "card_client": "Клиент: {client}",
    "client_blocked": "⛔ Клиент заблокирован",
    "client_unreachable": "📵 Клиент остановил бота",
    "client_is_out_of_reach": "📵 Клиент остановил бота: ответы не дойдут, пока он не вернётся.",
    "client_is_back": "📱 Клиент снова на связи.",
    "rating_comment": "{stars} Клиент об оценке: «{comment}»",
    "answer_shown": "Ответ клиенту · {holder}",
    "some_file": "файл",
    "not_delivered": "⚠️ Ответ не доставлен клиенту: {reason}",
    "failure_blocked": "клиент остановил бота.",
    "failure_deactivated": "аккаунт клиента удалён.",
    "failure_file_too_big": (
        "файл больше 20 МБ, из него нельзя убрать данные автора. Сожмите его или пришлите ссылку."
    ),
    "failure_file_not_cleanable": (
        "из файла нельзя убрать данные автора (он зашифрован или повреждён)."
        " Сохраните его заново и отправьте ещё раз."
    ),
    "failure_file_gone": "файла больше нет в Telegram. Отправьте его ещё раз.",
    "unsupported_in_thread": "⚠️ Клиент прислал то, что мы не передаём: {kind}",
    "standing_closed": "Закрыто",
    "standing_unclaimed": "Ждёт ответа",
    "standing_claimed": "Отвечает {holder}",
    # to one manager, to the owners
    "transferred_to_you": "Вам передано обращение №{number} · {topic} · {client}",
    "because": "Причина: {reason}",
    "open_ticket": "Открыть",
    "desk_is_broken": "⚠️ {name}: служба работает не полностью.",
    "desk_is_whole": "✅ {name}: всё снова в порядке.",
    # buttons
    "claim": "✋ Взять",
    "close": "✔ Закрыть",
    "reopen": "↩ Открыть снова",
    "transfer": "➡ Передать",
    "reply": "⚡ Ответы",
    "note": "📝 Заметка",
    "block": "⛔ Блок",
}
