"""Signing in: the key in `Authorization`, and the user for whom a bot acts in `X-Telegram-User`.

The settings bot works for every company: `X-Workspace` says where its user acts.
"""

import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias
from uuid import UUID

from interfaces.graphql.principals import BOTS, STRANGER, Key, KeyKind, Principal, principal
from interfaces.graphql.refusals import NotSignedIn
from interfaces.graphql.requests import Headers, Rejected, header

Authenticate: TypeAlias = Callable[[str], Awaitable[Key | None]]
"""Whose key `kid.secret` is; None if nobody's."""

BEARER = re.compile(rb"[Bb]earer ([A-Za-z0-9]{1,64}\.[A-Za-z0-9_-]{16,128})")
USER = re.compile(rb"[0-9]{1,18}")
WORKSPACE = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


async def signed_in(headers: Headers, authenticate: Authenticate) -> Principal:
    """Who sent the request: a stranger without a key; raises Rejected for a wrong one."""
    headers = list(headers)
    try:
        authorization = header(headers, b"authorization")
    except Rejected:
        raise Rejected(401, NotSignedIn()) from None
    if authorization is None:
        return STRANGER
    user, workspace = header(headers, b"x-telegram-user"), header(headers, b"x-workspace")
    return await bearer(authorization, user, authenticate, workspace)


async def bearer(
    authorization: bytes,
    user: bytes | None,
    authenticate: Authenticate,
    workspace: bytes | None = None,
) -> Principal:
    """The owner of the key, acting for the Telegram user if one is named; raises Rejected."""
    told = BEARER.fullmatch(authorization)
    key = await authenticate(told[1].decode()) if told else None
    if key is None:
        raise Rejected(401, NotSignedIn())
    if workspace is not None:
        _must_name_a_workspace(key, user, workspace)
    if user is None:
        return principal(key)
    if key.kind not in BOTS or not USER.fullmatch(user):
        raise Rejected(400, "X-Telegram-User is the number of the user for whom a bot acts.")
    return principal(key, int(user), None if workspace is None else UUID(workspace.decode()))


def _must_name_a_workspace(key: Key, user: bytes | None, workspace: bytes) -> None:
    fits = WORKSPACE.fullmatch(workspace) is not None and user is not None
    if key.kind is not KeyKind.SETTINGS_BOT or not fits:
        raise Rejected(400, "X-Workspace is where the user of the settings bot acts.")
