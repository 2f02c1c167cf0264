"""Buttons and questions of the settings bot: what they carry, in Telegram's 64 bytes.

A button is `s1:<action>:<company>[:<about>[:<value>]]`, a question the link
`https://t.me/<bot>?start=p_<field>[-<about>]_<company>`. The company is the hexadecimal id of a
workspace. Nothing in them is secret or signed: the API is asked for the rights of whoever acts.
"""

import re
from typing import Final, NamedTuple
from uuid import UUID

from interfaces.telegram.buttons import Outdated, fitting

VERSION: Final = "s1"
NOWHERE: Final = UUID(int=0)
"""The company of what is about none."""
LINK: Final = re.compile(
    r"https://t\.me/\w+\?start=p_([a-z]+)(?:-([a-z0-9_]+))?_([0-9a-f]{32})", re.ASCII
)
MARK: Final = 8  # hexadecimal digits


class Pressed(NamedTuple):
    """What a button says: the action, the company, and perhaps about what or whom."""

    action: str
    workspace_id: UUID
    about: str = ""
    value: str = ""

    @property
    def number(self) -> int:
        """What it is about, as a number; raises Outdated."""
        if not re.fullmatch(r"[0-9]{1,9}", self.about):
            raise Outdated
        return int(self.about)

    @property
    def page(self) -> int:
        """Its last part as a small number, 0 if it has none; raises Outdated."""
        if not re.fullmatch(r"[0-9]{0,4}", self.value):
            raise Outdated
        return int(self.value or 0)


class Asked(NamedTuple):
    """What a question asks for: a field of a company, and perhaps which one."""

    field: str
    workspace_id: UUID
    about: str = ""


def data(action: str, workspace_id: UUID, *about: str | int) -> str:
    """The text behind a button; raises ValueError if Telegram would refuse it."""
    return fitting(":".join([VERSION, action, workspace_id.hex, *map(str, about)]))


def pressed(text: str | None) -> Pressed:
    """What the button said; raises Outdated for a foreign or old one."""
    match (text or "").split(":"):
        case [version, action, company, *about] if version == VERSION and len(about) <= 2:  # noqa: PLR2004
            return Pressed(action, _company(company), *about)
        case _:
            raise Outdated


def link(username: str, asked: Asked) -> str:
    """The address that a question carries; it opens the settings bot."""
    about = f"-{asked.about}" if asked.about else ""
    return f"https://t.me/{username}?start=p_{asked.field}{about}_{asked.workspace_id.hex}"


def asked(url: str | None) -> Asked | None:
    """What the question with this link asks for; None: it is no question of ours."""
    found = LINK.fullmatch(url or "")
    return Asked(found[1], UUID(hex=found[3]), found[2] or "") if found else None


def mark(id_: str) -> str:
    """A short name for somebody: the end of their id, which is random in every version of UUID."""
    return id_.replace("-", "")[-MARK:]


def _company(text: str) -> UUID:
    try:
        return UUID(hex=text)
    except ValueError:
        raise Outdated from None
