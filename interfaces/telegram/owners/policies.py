"""Policies: who gets new tickets, how presence is known, when clients reopen, who signs."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Outdated
from interfaces.telegram.client.enums import PresenceMode, RoutingRule
from interfaces.telegram.owners.buttons import Pressed
from interfaces.telegram.owners.durations import DAY, lasting
from interfaces.telegram.owners.owner import Owner, Press, Shown, columns, one_of
from interfaces.telegram.screens import Screen

RULES: Final = [rule.value for rule in RoutingRule]
SILENCES: Final = (10, 15, 30, 60)  # minutes
WITHIN: Final = (0, DAY, 7 * DAY, 30 * DAY)  # minutes


async def routing(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """Who answers for a new ticket."""
    now = (await owner.desk(since)).settings.routing
    rows = [
        [owner.choice(owner.say(f"routing_{rule.value.lower()}"), "route", n, chosen=rule is now)]
        for n, rule in enumerate(RoutingRule)
    ]
    return Screen(owner.say("routing_head"), [*rows, [owner.button("back", "settings")]], note)


async def presence(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """How it is known who is at work."""
    now = (await owner.desk(since)).settings
    by_hand = now.presence is PresenceMode.MANUAL
    silences = [
        owner.choice(
            lasting(minutes, owner.language),
            "silence",
            minutes,
            chosen=not by_hand and minutes == now.silence,
        )
        for minutes in SILENCES
    ]
    rows = [
        [owner.choice(owner.say("presence_manual"), "byhand", chosen=by_hand)],
        *columns(silences, 2),
        [owner.button("back", "settings")],
    ]
    return Screen(owner.say("presence_head"), rows, note)


async def reopening(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """How long clients may open a closed ticket again."""
    now = (await owner.desk(since)).settings
    buttons = [
        owner.choice(
            lasting(minutes, owner.language) if minutes else owner.say("reopening_never"),
            "within",
            minutes,
            chosen=minutes == now.reopen_within,
        )
        for minutes in WITHIN
    ]
    rows = list(columns(buttons, 2))
    if now.reopen_within:
        text = owner.say("reopening_by_reply")
        rows.append([owner.choice(text, "byreply", 1, chosen=now.reopen_by_reply)])
        text = owner.say("reopening_by_button")
        rows.append([owner.choice(text, "byreply", 0, chosen=not now.reopen_by_reply)])
    return Screen(owner.say("reopening_head"), [*rows, [owner.button("back", "settings")]], note)


async def signing(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """Whether managers may name themselves."""
    now = (await owner.desk(since)).settings.signing
    rows = [
        [owner.choice(owner.say("signing_forbidden"), "sign", 0, chosen=not now)],
        [owner.choice(owner.say("signing_allowed"), "sign", 1, chosen=now)],
        [owner.button("back", "settings")],
    ]
    return Screen(owner.say("signing_head"), rows, note)


async def _routing(owner: Owner, _: Pressed) -> Shown:
    return await routing(owner)


async def _presence(owner: Owner, _: Pressed) -> Shown:
    return await presence(owner)


async def _reopening(owner: Owner, _: Pressed) -> Shown:
    return await reopening(owner)


async def _signing(owner: Owner, _: Pressed) -> Shown:
    return await signing(owner)


async def _route(owner: Owner, pressed: Pressed) -> Shown:
    rule = RoutingRule(one_of(RULES, pressed))
    done = (await owner.api.set_routing_policy(owner.command_id, rule)).set_routing_policy
    return await routing(owner, done.position, owner.say("saved"))


async def _by_hand(owner: Owner, _: Pressed) -> Shown:
    now = (await owner.desk()).settings
    return await _set_presence(owner, PresenceMode.MANUAL, now.silence, now.answer)


async def _silence(owner: Owner, pressed: Pressed) -> Shown:
    if pressed.number not in SILENCES:
        raise Outdated
    now = (await owner.desk()).settings
    return await _set_presence(owner, PresenceMode.ACTIVITY, pressed.number, now.answer)


async def _set_presence(owner: Owner, mode: PresenceMode, silence: int, answer: int) -> Shown:
    done = await owner.api.set_presence_policy(owner.command_id, mode, silence, answer)
    return await presence(owner, done.set_presence_policy.position, owner.say("saved"))


async def _within(owner: Owner, pressed: Pressed) -> Shown:
    if pressed.number not in WITHIN:
        raise Outdated
    by_reply = (await owner.desk()).settings.reopen_by_reply
    return await _set_reopening(owner, pressed.number, by_reply=by_reply)


async def _by_reply(owner: Owner, pressed: Pressed) -> Shown:
    within = (await owner.desk()).settings.reopen_within
    return await _set_reopening(owner, within, by_reply=bool(pressed.number))


async def _set_reopening(owner: Owner, within: int, *, by_reply: bool) -> Shown:
    done = (await owner.api.set_reopening(owner.command_id, within, by_reply)).set_reopening
    return await reopening(owner, done.position, owner.say("saved"))


async def _sign(owner: Owner, pressed: Pressed) -> Shown:
    done = (await owner.api.set_signing(owner.command_id, bool(pressed.number))).set_signing
    return await signing(owner, done.position, owner.say("saved"))


PRESSES: Final[Mapping[str, Press]] = {
    "routing": _routing,
    "route": _route,
    "presence": _presence,
    "byhand": _by_hand,
    "silence": _silence,
    "reopening": _reopening,
    "within": _within,
    "byreply": _by_reply,
    "signing": _signing,
    "sign": _sign,
}
