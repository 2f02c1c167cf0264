"""Secrets at rest: AES-256-GCM, the key's number in the clear, the value's place authenticated.

A ciphertext that is copied into another row, column or workspace does not open. Keys come from
outside the database, as `LEDGERDESK_SECRET_KEY`.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infrastructure.settings import Settings

FORMAT, NONCE, LARGEST = 1, 12, 255
NUMBERED = re.compile(r"\s*\d{1,3}=")
SHORTEST = 32  # characters of a secret that somebody wrote into the environment


class SecretKeyUnusable(ValueError):
    """LEDGERDESK_SECRET_KEY must be 32 or more characters, or `2=…,1=…` during a rotation."""


class TokenBox:
    """`seal` uses the newest key, `open` the one that sealed."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        self._keys = dict(keys)
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self._newest = max(self._ciphers)  # one byte: 1 to 255

    @classmethod
    def of(cls, text: str) -> Self:
        """From the text of the environment: one secret, or numbered ones (`2=new,1=old`).

        Raises SecretKeyUnusable, which never repeats the text.
        """
        numbered = NUMBERED.match(text) is not None
        keys: dict[int, bytes] = {}
        for part in text.split(",") if numbered else [f"1={text.strip()}"]:
            number, _, secret = part.strip().partition("=")
            known = number.isdigit() and 1 <= int(number) <= LARGEST and int(number) not in keys
            if not known or len(secret) < SHORTEST:
                raise SecretKeyUnusable(SecretKeyUnusable.__doc__)
            keys[int(number)] = hashlib.sha256(secret.encode()).digest()
        return cls(keys)

    def seal(self, text: str, place: str) -> bytes:
        """`place` names workspace, table, row and column, such as "<workspace>/bot/42/token"."""
        head, nonce = bytes([FORMAT, self._newest]), os.urandom(NONCE)
        cipher = self._ciphers[self._newest]
        return head + nonce + cipher.encrypt(nonce, text.encode(), head + place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """Raises InvalidTag (other place, other key, changed bytes) or KeyError (lost key)."""
        head, nonce, body = sealed[:2], sealed[2 : 2 + NONCE], sealed[2 + NONCE :]
        if head[0] != FORMAT:
            raise ValueError(f"unknown format {head[0]}")
        return self._ciphers[head[1]].decrypt(nonce, body, head + place.encode()).decode()

    def reseal_needed(self, sealed: bytes) -> bool:
        """Whether an older key than the newest sealed it."""
        return sealed[1] != self._newest

    def derive(self, purpose: str) -> bytes:
        """32 bytes that only the holder of the newest key can tell, the same for one purpose."""
        return hmac.digest(self._keys[self._newest], b"derive:" + purpose.encode(), "sha256")


class NoSecretKey(Exception):
    """Set LEDGERDESK_SECRET_KEY, for example to the output of: openssl rand -hex 32."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


def box_of(settings: Settings) -> TokenBox:
    """What seals the secrets of this installation; raises NoSecretKey or SecretKeyUnusable."""
    if settings.secret_key is None:
        raise NoSecretKey
    return TokenBox.of(settings.secret_key.get_secret_value())
