"""Orders: what a manager commands in a ticket's thread; none of it ever reaches the client."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias

from aiogram.types import Message

from interfaces.telegram.colleagues import Colleague
from interfaces.telegram.contents import place_of
from interfaces.telegram.office.canned_replies import kept_hint
from interfaces.telegram.office.lists import hashed
from interfaces.telegram.office.queue import claimed
from interfaces.telegram.office.tickets import priority_in, tag_in
from interfaces.telegram.office.transfers import called, managers
from interfaces.telegram.threads import Discussion
from interfaces.telegram.transport import Refusal

Order: TypeAlias = Callable[[Colleague, Message, Discussion, str], Awaitable[str | None]]
"""Does what a command says with the words after it; returns what its writer is told."""


async def carry_out(me: Colleague, message: Message, there: Discussion, text: str) -> str | None:
    """Obey a command in a thread; returns what its writer is told."""
    command, _, about = text.partition(" ")
    name, _, bot = command.removeprefix("/").partition("@")
    if bot and bot.casefold() != me.bot.casefold():
        return None
    order = ORDERS.get(name.casefold())
    if order is None:
        return me.say("unknown_command")
    return await order(me, message, there, about.strip())


async def _claim(me: Colleague, _: Message, there: Discussion, __: str) -> str:
    claim = (await me.api.claim_ticket(me.command_id, there.ticket_id, there.named)).claim_ticket
    return claimed(me, claim.outcome, claim.number, claim.holder.name).text


async def _close(me: Colleague, _: Message, there: Discussion, __: str) -> str:
    done = (await me.api.staff_close(me.command_id, there.ticket_id, there.named)).close_ticket
    return me.say("closed", number=done.number)


async def _reopen(me: Colleague, _: Message, there: Discussion, __: str) -> str:
    done = (await me.api.staff_reopen(me.command_id, there.ticket_id, there.named)).reopen_ticket
    return me.say("opened_again", number=done.number)


async def _tag(me: Colleague, _: Message, there: Discussion, about: str) -> str:
    tag = tag_in(about)
    if not tag:
        return me.say("say_tag")
    await me.api.tag_ticket(me.command_id, tag, there.ticket_id, there.named)
    return me.say("tagged", tag=hashed(tag))


async def _untag(me: Colleague, _: Message, there: Discussion, about: str) -> str:
    tag = tag_in(about)
    if not tag:
        return me.say("say_tag")
    await me.api.untag_ticket(me.command_id, tag, there.ticket_id, there.named)
    return me.say("untagged", tag=hashed(tag))


async def _prioritise(me: Colleague, _: Message, there: Discussion, about: str) -> str:
    priority = priority_in(about)
    if priority is None:
        return me.say("say_priority")
    await me.api.prioritise_ticket(me.command_id, priority, there.ticket_id, there.named)
    return me.say("prioritised", priority=me.say(f"priority_{priority.value.lower()}"))


async def _answer(me: Colleague, _: Message, there: Discussion, about: str) -> str | None:
    if not about:
        return me.say("say_code")
    api = me.api
    sent = await api.send_canned_reply(me.command_id, about, there.ticket_id, there.named)
    told = sent.send_canned_reply
    return kept_hint(me, told.kept, told.number)


async def _withdraw(me: Colleague, message: Message, _: Discussion, __: str) -> str:
    reply = message.reply_to_message
    if reply is None:
        return me.say("say_what_to_withdraw")
    try:
        await me.api.withdraw_message(me.command_id, place_of(reply))
    except Refusal as refused:
        if refused.code not in {"NotFound", "NoSuchMessage"}:
            raise
        return me.say("say_what_to_withdraw")
    return me.say("withdrawn")


async def _transfer(me: Colleague, message: Message, there: Discussion, about: str) -> str:
    people = [one for one in await managers(me) if one.telegram_id != me.user.id]
    mentioned = {entity.user.id for entity in message.entities or () if entity.user}
    found = [one for one in people if one.telegram_id in mentioned] or called(people, about)
    if len(found) != 1:
        names = ", ".join(one.name for one in found or people)
        return me.say("say_colleague" if names else "no_colleagues", names=names)
    [to] = found
    await me.api.transfer_ticket(me.command_id, to.id, "", there.ticket_id, there.named)
    return me.say("given", name=to.name)


async def _help(me: Colleague, _: Message, __: Discussion, ___: str) -> str:
    return me.say("thread_help")


ORDERS: Final[Mapping[str, Order]] = {
    "claim": _claim,
    "close": _close,
    "reopen": _reopen,
    "tag": _tag,
    "untag": _untag,
    "priority": _prioritise,
    "r": _answer,
    "del": _withdraw,
    "transfer": _transfer,
    "help": _help,
}
