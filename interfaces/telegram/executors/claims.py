"""Claims: «Забрать заказ» is pressed, by one or by hundreds at once."""

from collections.abc import Callable
from datetime import datetime
from math import ceil
from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery

from interfaces.telegram.buttons import Pressed
from interfaces.telegram.client.claim_offer import ClaimOfferClaimOffer
from interfaces.telegram.client.enums import OfferClaimOutcome
from interfaces.telegram.contents import profile_of
from interfaces.telegram.executors.presses import (
    in_time,
    is_member,
    open_private,
    reason_told,
    spoken,
)
from interfaces.telegram.pressing import Press
from interfaces.telegram.saying import tell
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import words

HOPEFUL: Final = frozenset(
    {OfferClaimOutcome.WON, OfferClaimOutcome.WAITING, OfferClaimOutcome.REPEATED}
)
"""Outcomes of which more is said in private."""


class Claims:
    """Handlers of the executors' bot; the clock tells how long a decision takes."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def router(self) -> Router:
        """Presses of one button."""
        router = Router(name="offer claims")
        router.callback_query.register(self.claim, Press("claim"))
        return router

    async def claim(self, query: CallbackQuery, turn: Turn, press: Pressed) -> None:
        """Somebody takes an order."""
        api, profile = turn.acting_for(query.from_user), profile_of(query.from_user)
        member = await is_member(query)
        answer = await in_time(
            lambda: api.claim_offer(turn.command_id, press.id, profile, member), query
        )
        if answer is None:
            return
        claim = answer.claim_offer
        language = spoken(turn, query, claim.language)
        if claim.start and claim.outcome in HOPEFUL:
            await open_private(query, press.id)
        else:
            await tell(query, self._told(claim, language), alert=True)

    def _told(self, claim: ClaimOfferClaimOffer, language: str) -> str:
        match claim.outcome:
            case OfferClaimOutcome.WON:
                return words(language, "claim_won")
            case OfferClaimOutcome.LOST if claim.winner_name is not None:
                return words(language, "claim_taken_by", name=claim.winner_name)
            case OfferClaimOutcome.LOST | OfferClaimOutcome.REFUSED:
                return reason_told(claim, language)
            case _ if claim.decides_at is None:
                return words(language, "claim_repeated")
            case _:
                left = (claim.decides_at - self._now()).total_seconds()
                return words(language, "claim_waiting", count=max(1, ceil(left)))
