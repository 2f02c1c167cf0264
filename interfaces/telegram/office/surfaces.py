"""Surfaces: leaders choose with Telegram's own chat picker where tickets stand."""

from collections.abc import Mapping, Sequence
from typing import Final

import structlog
from aiogram.types import (
    ChatAdministratorRights,
    ChatShared,
    KeyboardButton,
    KeyboardButtonRequestChat,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from interfaces.telegram.buttons import Pressed
from interfaces.telegram.client.desk_readiness import DeskReadinessWorkspace
from interfaces.telegram.client.enums import BotRole, Lack, Role
from interfaces.telegram.colleagues import Action, Colleague, Outcome
from interfaces.telegram.saying import PROBLEMS
from interfaces.telegram.screens import Button, Screen
from interfaces.telegram.transport import Refusal

log = structlog.get_logger(__name__)

CHANNEL, FORUM, GROUP = 1, 2, 3
"""What is asked for, as Telegram tells it back."""
RIGHTS: Final = {
    CHANNEL: frozenset({"can_post_messages", "can_edit_messages", "can_delete_messages"}),
    FORUM: frozenset({"can_delete_messages", "can_manage_topics"}),
    GROUP: frozenset({"can_delete_messages"}),
}
"""What the manager bot must be allowed to do there."""
IN_GROUP: Final = {
    Lack.GROUP_UNREACHABLE: BotRole.MANAGER,
    Lack.MANAGER_BOT_NOT_GROUP_ADMIN: BotRole.MANAGER,
    Lack.GROUP_DELETE_RIGHT: BotRole.MANAGER,
    Lack.CLIENT_BOT_NOT_IN_GROUP: BotRole.CLIENT,
    Lack.CLIENT_BOT_NOT_GROUP_ADMIN: BotRole.CLIENT,
}
"""What is mended by adding a bot to the group once more."""
UNFIT: Final = {"NoDiscussion": "lack_discussion_missing", "ChatUnseen": "lack_channel_unreachable"}
"""Why a chat cannot be taken, by the refusal's class."""


async def ask(me: Colleague, message: Message) -> None:
    """Offer the chats that Telegram finds fitting; only to owners and admins."""
    if not await _leads(me):
        await _write(message, me.say("NotAllowed"))
        return
    keys = [
        [KeyboardButton(text=me.say(f"pick_{kind}"), request_chat=_request(number))]
        for number, kind in ((CHANNEL, "channel"), (FORUM, "forum"), (GROUP, "group"))
    ]
    keyboard = ReplyKeyboardMarkup(keyboard=keys, resize_keyboard=True, one_time_keyboard=True)
    await _write(message, me.say("pick_chat"), keyboard)


async def _leads(me: Colleague) -> bool:
    person = (await me.api.myself()).me.person
    return person is not None and not {Role.OWNER, Role.ADMIN}.isdisjoint(person.roles)


def _request(number: int) -> KeyboardButtonRequestChat:
    rights = _rights(RIGHTS[number])
    return KeyboardButtonRequestChat(
        request_id=number,
        chat_is_channel=number == CHANNEL,
        chat_is_forum=None if number == CHANNEL else number == FORUM,
        user_administrator_rights=_rights(RIGHTS[number] | {"can_promote_members"}),
        bot_administrator_rights=rights,
        request_title=True,
    )


def _rights(wanted: frozenset[str]) -> ChatAdministratorRights:
    fields = ChatAdministratorRights.model_fields
    given = {name: name in wanted for name, field in fields.items() if field.is_required()}
    return ChatAdministratorRights(**{**given, **dict.fromkeys(wanted, True)})


async def link(me: Colleague, message: Message, shared: ChatShared) -> Screen:
    """Let tickets stand in the chat that was picked, and say what it still lacks."""
    try:
        if shared.request_id == CHANNEL:
            await me.api.link_channel(me.command_id, shared.chat_id)
        else:
            await me.api.link_group(me.command_id, shared.chat_id)
    except Refusal as refused:
        key = UNFIT.get(refused.code)
        if key is None:
            raise
        return Screen(me.say(key))
    await _write(message, me.say("linked", title=shared.title or "…"), ReplyKeyboardRemove())
    return await _readiness(me)


async def _look_again(me: Colleague, _: Pressed) -> Outcome:
    if not await _leads(me):
        return Outcome(me.say("NotAllowed"), alert=True)
    return Outcome(shown=await _readiness(me))


async def _readiness(me: Colleague) -> Screen:
    """Look in Telegram, and say each thing that is missing with what to do about it."""
    looked = (await me.turn.itself().check_readiness(f"{me.command_id}:look")).check_readiness
    desk = (await me.api.desk_readiness(looked.position)).workspace
    again = [me.button("check_again", "ready", "desk")]
    if not desk.readiness:
        return Screen(me.say("desk_is_ready" if desk.running else "desk_can_start"))
    lacks = [one.lack for one in desk.readiness]
    lines = [f"{n}. {me.say(f'lack_{lack.value.lower()}')}" for n, lack in enumerate(lacks, 1)]
    text = "\n\n".join([me.say("desk_lacks", count=len(lines)), *lines])
    return Screen(text, [*([one] for one in _adding(me, desk, lacks)), again])


def _adding(me: Colleague, desk: DeskReadinessWorkspace, lacks: Sequence[Lack]) -> list[Button]:
    """Telegram's own way to make a bot an admin of a group."""
    missing = {IN_GROUP[lack] for lack in lacks if lack in IN_GROUP}
    return [
        {
            "text": me.say("add_to_group", bot=bot.username),
            "url": f"https://t.me/{bot.username}?startgroup=add&admin=delete_messages",
        }
        for bot in desk.bots
        if bot.role in missing
    ]


async def _write(
    message: Message, text: str, markup: ReplyKeyboardMarkup | ReplyKeyboardRemove | None = None
) -> None:
    try:
        await message.answer(text, reply_markup=markup)
    except PROBLEMS as error:
        log.warning("not said", error=type(error).__name__, why=str(error)[:200])


ACTIONS: Mapping[str, Action] = {"ready": _look_again}
