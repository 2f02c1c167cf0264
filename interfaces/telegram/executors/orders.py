"""Orders: what an executor has to do, whom to call about it, and the way to be rid of it."""

from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from interfaces.telegram.buttons import Pressed, data
from interfaces.telegram.client.my_orders import MyOrdersMyOrders
from interfaces.telegram.colleagues import plain
from interfaces.telegram.executors.executor import Executor, executor
from interfaces.telegram.formatting import cut, shown
from interfaces.telegram.offers import called
from interfaces.telegram.pressing import Press, outdate
from interfaces.telegram.saying import tell
from interfaces.telegram.screens import Button, Screen, send, show
from interfaces.telegram.turn import Turn

WHYS: Final = 3
"""Reasons to give an order back that are offered."""
LONGEST_LABEL: Final = 60


def orders() -> Router:
    """Handlers of the executors' bot in private."""
    router = Router(name="own orders")
    router.message.register(list_own, F.chat.type == ChatType.PRIVATE, Command("orders"))
    router.callback_query.register(turn_back, Press("orders"))
    router.callback_query.register(look, Press("order"))
    router.callback_query.register(ask, Press("giveback"))
    router.callback_query.register(give_back, Press("giveup"))
    return router


async def list_own(message: Message, turn: Turn) -> None:
    """Somebody wants to see what they have to do."""
    if message.from_user is not None:
        await send(await own(await executor(message.from_user, turn)), message)


async def turn_back(query: CallbackQuery, turn: Turn) -> None:
    """Back to the list."""
    await _turn_to(await own(await executor(query.from_user, turn)), query)


async def look(query: CallbackQuery, turn: Turn, press: Pressed) -> None:
    """One of the orders."""
    me = await executor(query.from_user, turn)
    found = next((one for one in await _all(me) if one.offer_id == press.id), None)
    await _turn_to(Screen(me.say("no_such_order")) if found is None else order(me, found), query)


async def ask(query: CallbackQuery, turn: Turn, press: Pressed) -> None:
    """Somebody wants to be rid of an order; they are asked why, to be sure."""
    me = await executor(query.from_user, turn)
    found = next((one for one in await _all(me) if one.offer_id == press.id), None)
    if found is None:
        await _turn_to(Screen(me.say("no_such_order")), query)
        return
    rows = [[me.button(f"why_{n}", "giveup", press.id, n)] for n in range(WHYS)]
    keeping = [me.button("keep_order", "order", press.id)]
    await _turn_to(Screen(me.say("give_back_sure", number=found.number), [*rows, keeping]), query)


async def give_back(query: CallbackQuery, turn: Turn, press: Pressed) -> None:
    """They are sure."""
    if press.value >= WHYS:
        await outdate(query, turn)
        return
    me = await executor(query.from_user, turn)
    reason = me.say(f"why_{press.value}")
    done = (await me.api.give_back_order(me.command_id, press.id, reason)).give_back_order
    note = me.say("gave_back", number=done.number)
    await _turn_to((await own(me, done.position))._replace(note=note), query)


async def own(me: Executor, since: int | None = None) -> Screen:
    """The orders that somebody has; `since` is the position of an event that must be known."""
    found = await _all(me, since)
    if not found:
        return Screen(me.say("no_orders"))
    if len(found) == 1:
        return order(me, found[0])
    return Screen(me.say("your_orders"), [[_entry(one)] for one in found])


def order(me: Executor, found: MyOrdersMyOrders) -> Screen:
    """An order with whom to call about it."""
    told = [
        *(called(party.name, party.phones, me.language) for party in found.parties),
        *(f"{detail.label}: {shown(detail.value)}" for detail in found.details),
    ]
    head = me.say("offer", number=found.number)
    text = "\n".join([head, shown(found.card), "", *told])
    giving = [me.button("give_back", "giveback", found.offer_id)]
    listing: list[Button] = [
        {"text": me.say("back_to_orders"), "callback_data": data("orders", "own")}
    ]
    return Screen(text, [giving, listing])


def _entry(found: MyOrdersMyOrders) -> Button:
    line = next(iter(found.card.splitlines()), "")
    label = cut(f"№{found.number} {shown(line)}".strip(), LONGEST_LABEL)
    return {"text": label, "callback_data": data("order", plain(found.offer_id))}


async def _all(me: Executor, since: int | None = None) -> list[MyOrdersMyOrders]:
    return (await me.api.my_orders(since)).my_orders


async def _turn_to(screen: Screen, query: CallbackQuery) -> None:
    await tell(query, screen.note)
    await show(screen, query)
