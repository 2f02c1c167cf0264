"""The home of a desk: whether it works, what it still lacks, and the button that mends each thing.

What is missing or broken is the API's list; which step it belongs to is said here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from interfaces.telegram.client.desk_seen import DeskSeenWorkspace
from interfaces.telegram.client.enums import BotRole, Lack
from interfaces.telegram.executors.chats import PAYLOAD
from interfaces.telegram.owners.buttons import Pressed
from interfaces.telegram.owners.owner import Owner, Press, Shown, username_of
from interfaces.telegram.screens import Rows, Screen

TOKENS: Final = {
    BotRole.CLIENT: {Lack.CLIENT_BOT, Lack.CLIENT_TOKEN_REVOKED},
    BotRole.MANAGER: {Lack.MANAGER_BOT, Lack.MANAGER_TOKEN_REVOKED},
}
"""What only a token mends; everything else is mended in Telegram."""
NOT_YET: Final = {Lack.CLIENT_BOT, Lack.MANAGER_BOT, Lack.CHANNEL, Lack.EXECUTORS_CHAT}
"""What was not set up; anything else is broken and needs words."""


class Step(NamedTuple):
    """One thing that a desk needs: whether it is there, in words, and the button that mends it."""

    done: bool
    words: str
    mend: dict[str, str] | None


async def home(owner: Owner, since: int | None = None, said: str = "", note: str = "") -> Screen:
    """The desk now, at least after the event at `since`; `said` is told before it."""
    desk = await owner.desk(since)
    people = len(await owner.colleagues(since))
    steps = [*_bots(owner, desk), _place(owner, desk), _staff(owner, people)]
    lacks = [each.lack for each in desk.readiness]
    lines = [said, ""] if said else []
    hindered = any(each.hinders for each in desk.readiness)
    standing = _standing(owner, desk, hindered=hindered)
    lines += [owner.say("home_head", name=desk.name), standing, ""]
    lines += [("✅ " if step.done else "◻️ ") + step.words for step in steps]
    broken = [owner.say(f"lack_{lack.value.lower()}") for lack in lacks if lack not in NOT_YET]
    if broken:
        lines += ["", owner.say("home_broken"), *(f"• {line}" for line in broken)]
    running = _running(owner, desk, hindered=hindered)
    rows = [*_mending(steps), *running, _executors(owner, desk), *_menu(owner)]
    return Screen("\n".join(lines), rows, note)


def home_rows(owner: Owner) -> Rows:
    """The way back to the home of the desk."""
    return [[owner.button("to_home", "home")]]


def _standing(owner: Owner, desk: DeskSeenWorkspace, *, hindered: bool) -> str:
    if desk.running:
        return owner.say("desk_broken" if hindered else "desk_running")
    return owner.say("desk_unready" if hindered else "desk_ready")


def _bots(owner: Owner, desk: DeskSeenWorkspace) -> Iterator[Step]:
    lacks = {each.lack for each in desk.readiness}
    for role, signs in TOKENS.items():
        name, username = role.value.lower(), username_of(desk, role)
        if signs & lacks or username is None:
            mend = owner.button(f"mend_{name}_bot", "token", name)
            yield Step(done=False, words=owner.say(f"step_{name}_bot"), mend=mend)
        else:
            yield Step(done=True, words=owner.say(f"done_{name}_bot", username=username), mend=None)


def _place(owner: Owner, desk: DeskSeenWorkspace) -> Step:
    tokens = {sign for signs in TOKENS.values() for sign in signs}
    lacks = {each.lack for each in desk.readiness if each.hinders} - tokens
    if desk.group_id is not None and not lacks:
        return Step(done=True, words=owner.say(f"done_{desk.surface.value.lower()}"), mend=None)
    username = username_of(desk, BotRole.MANAGER)
    if username is None:
        return Step(done=False, words=owner.say("step_place_later"), mend=None)
    told = owner.say("step_place" if desk.group_id is None else "step_place_broken")
    return Step(done=False, words=told, mend=place_button(owner, username))


def _staff(owner: Owner, people: int) -> Step:
    if people > 1:
        return Step(done=True, words=owner.say("done_staff", count=people), mend=None)
    return Step(
        done=False, words=owner.say("step_staff"), mend=owner.button("mend_staff", "members")
    )


def place_button(owner: Owner, username: str) -> dict[str, str]:
    """The way to the manager bot, where Telegram's own list of chats is shown."""
    return {"text": owner.say("mend_place"), "url": f"https://t.me/{username}?start=channel"}


def _mending(steps: Sequence[Step]) -> Rows:
    return [[step.mend] for step in steps if step.mend is not None]


def _executors(owner: Owner, desk: DeskSeenWorkspace) -> list[dict[str, str]]:
    """The next step of the work with executors, which a desk may do without."""
    username = username_of(desk, BotRole.EXECUTOR)
    if username is None or Lack.EXECUTOR_TOKEN_REVOKED in {each.lack for each in desk.readiness}:
        return [owner.button("mend_executor_bot", "token", "executor")]
    if not desk.executors_chats:
        return [chat_button(owner, username)]
    return [owner.button("to_executors", "executors")]


def chat_button(owner: Owner, username: str) -> dict[str, str]:
    """Telegram's own way to add a bot to a group, as a member like any other."""
    address = f"https://t.me/{username}?startgroup={PAYLOAD}"
    return {"text": owner.say("mend_executors_chat"), "url": address}


def _running(owner: Owner, desk: DeskSeenWorkspace, *, hindered: bool) -> Rows:
    rows: list[list[dict[str, str]]] = []
    if desk.running:
        rows.append([owner.button("desk_stop", "stopping")])
    elif not hindered:
        rows.append([owner.button("desk_start", "start")])
    rows.append([owner.button("check", "check")])
    return rows


def _menu(owner: Owner) -> Rows:
    return [
        [owner.button("to_settings", "settings"), owner.button("to_members", "members")],
        [owner.button("to_tickets", "tickets"), owner.button("to_bots", "bots")],
        [owner.button("to_desks", "desks")],
    ]


async def _home(owner: Owner, _: Pressed) -> Shown:
    return await home(owner)


async def _check(owner: Owner, _: Pressed) -> Shown:
    checked = (await owner.api.check_readiness(owner.command_id)).check_readiness
    if Lack.TELEGRAM_UNREACHABLE in checked.lacks:
        note = owner.say("lack_telegram_unreachable")
    elif checked.lacks:
        note = owner.say("checked_lacks", count=len(checked.lacks))
    else:
        note = owner.say("checked_well")
    return await home(owner, checked.position, note=note)


async def _start(owner: Owner, _: Pressed) -> Shown:
    started = (await owner.api.start_desk(owner.command_id)).start_desk
    username = username_of(await owner.desk(started.position), BotRole.CLIENT)
    rows: list[list[dict[str, str]]] = [*map(list, home_rows(owner))]
    if username is not None:
        address = f"https://t.me/{username}"
        rows.insert(0, [{"text": owner.say("try_it"), "url": address}])
    return Screen(owner.say("started", username=username), rows)


async def _ask_to_stop(owner: Owner, _: Pressed) -> Shown:
    rows = [[owner.button("stop_surely", "stop")], *home_rows(owner)]
    return Screen(owner.say("desk_stopping"), rows)


async def _stop(owner: Owner, _: Pressed) -> Shown:
    stopped = (await owner.api.stop_desk(owner.command_id)).stop_desk
    return await home(owner, stopped.position, note=owner.say("desk_stopped"))


PRESSES: Final[Mapping[str, Press]] = {
    "home": _home,
    "check": _check,
    "start": _start,
    "stopping": _ask_to_stop,
    "stop": _stop,
}
