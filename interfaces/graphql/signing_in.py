"""Signing in: the key in `Authorization`, and the user for whom a bot acts in `X-Telegram-User`."""

import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from interfaces.graphql.principals import BOTS, STRANGER, Key, Principal, principal
from interfaces.graphql.refusals import NotSignedIn
from interfaces.graphql.requests import Headers, Rejected, header

Authenticate: TypeAlias = Callable[[str], Awaitable[Key | None]]
"""Whose key `kid.secret` is; None if nobody's."""

BEARER = re.compile(rb"[Bb]earer ([A-Za-z0-9]{1,64}\.[A-Za-z0-9_-]{16,128})")
USER = re.compile(rb"[0-9]{1,18}")


async def signed_in(headers: Headers, authenticate: Authenticate) -> Principal:
    """Who sent the request: a stranger without a key; raises Rejected for a wrong one."""
    headers = list(headers)
    try:
        authorization = header(headers, b"authorization")
    except Rejected:
        raise Rejected(401, NotSignedIn()) from None
    if authorization is None:
        return STRANGER
    return await bearer(authorization, header(headers, b"x-telegram-user"), authenticate)


async def bearer(authorization: bytes, user: bytes | None, authenticate: Authenticate) -> Principal:
    """The owner of the key, acting for the Telegram user if one is named; raises Rejected."""
    told = BEARER.fullmatch(authorization)
    key = await authenticate(told[1].decode()) if told else None
    if key is None:
        raise Rejected(401, NotSignedIn())
    if user is None:
        return principal(key)
    if key.kind not in BOTS or not USER.fullmatch(user):
        raise Rejected(400, "X-Telegram-User is the number of the user for whom a bot acts.")
    return principal(key, int(user))
