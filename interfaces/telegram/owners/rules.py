"""The rules of a desk at a glance, each with the way to change it."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.client.enums import PresenceMode
from interfaces.telegram.owners import homes, hours, targets
from interfaces.telegram.owners.buttons import Pressed
from interfaces.telegram.owners.durations import lasting
from interfaces.telegram.owners.owner import Owner, Press, Shown, columns
from interfaces.telegram.screens import Screen
from interfaces.telegram.words import spoken, words

SCREENS: Final = (
    *("topics", "hours", "targets", "texts", "routing", "presence"),
    *("reopening", "signing", "reports", "language", "surface"),
)


async def _rules(owner: Owner, _: Pressed) -> Shown:
    desk = await owner.desk()
    now = desk.settings
    by_hand = now.presence is PresenceMode.MANUAL
    silence = lasting(now.silence, owner.language)
    told = {
        "topics": ", ".join(desk.topics) or "—",
        "hours": " · ".join(hours.in_words(owner, now.zone, now.week)),
        "targets": " / ".join(
            targets.in_words(owner, each) for each in (now.first_reaction, now.closing)
        ),
        "texts": str(sum(bool(each.text) for each in now.texts)),
        "routing": owner.say(f"routing_{now.routing.value.lower()}"),
        "presence": owner.say("presence_manual")
        if by_hand
        else owner.say("presence_activity", silence=silence),
        "reopening": lasting(now.reopen_within, owner.language)
        if now.reopen_within
        else owner.say("reopening_never"),
        "signing": owner.say("signing_allowed" if now.signing else "signing_forbidden"),
        "reports": owner.say(f"report_{now.report_every.value.lower()}"),
        "language": words(spoken(desk.language), "language_name"),
        "surface": owner.say(f"surface_{desk.surface.value.lower()}"),
    }
    lines = [f"{owner.say(f'rule_{name}')}: {told[name]}" for name in SCREENS]
    buttons = [owner.button(f"rule_{name}", name) for name in SCREENS]
    text = "\n".join([owner.say("rules_head"), "", *lines])
    orders = [owner.button("to_pipelines", "pipelines")]
    return Screen(text, [*columns(buttons, 2), orders, *homes.home_rows(owner)])


PRESSES: Final[Mapping[str, Press]] = {"settings": _rules}
