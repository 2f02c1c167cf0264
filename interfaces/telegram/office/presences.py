"""Presences: who is here, on a break or gone, as each says of themselves."""

from interfaces.telegram.client.enums import Presence
from interfaces.telegram.colleagues import Colleague
from interfaces.telegram.office.transfers import SIGNS, managers
from interfaces.telegram.screens import Screen


async def state(me: Colleague, presence: Presence) -> Screen:
    """Say of oneself where one is."""
    await me.api.state_presence(me.command_id, presence)
    return Screen(me.say(f"stated_{presence.value.lower()}"))


async def who(me: Colleague) -> Screen:
    """The managers, those who are here first."""
    people = await managers(me)
    lines = [
        me.say(
            f"who_{one.presence.value.lower()}",
            sign=SIGNS[one.presence],
            name=one.name,
            count=one.open_tickets,
        )
        for one in people
    ]
    return Screen("\n".join([me.say("who_head"), *lines]))
