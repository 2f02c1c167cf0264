"""Flood limits: per chat, per group, per bot; and a ban for those who do not wait."""

from typing import Any

import pytest
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import BufferedInputFile, InputMediaPhoto

from interfaces.sandbox.chats import PRIVATE, Chat
from interfaces.sandbox.floods import Floods
from tests.sandbox.conftest import PICTURE, Company

GROUP = Chat(-1, "supergroup")


class Clock:
    """Seconds, as many as the test wants."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def talk(number: int = 1) -> Chat:
    """A private talk."""
    return Chat(number, PRIVATE)


def sent(floods: Floods, chat: Chat, times: int, bot: int = 5) -> int:
    """Seconds to wait after so many messages in the same moment."""
    return [floods.wait_for(bot, chat) for _ in range(times)][-1]


def test_a_private_chat_takes_five_at_once_and_then_one_a_second(clock: Clock) -> None:
    floods = Floods(clock, on=True)
    assert sent(floods, talk(), 5) == 0
    assert sent(floods, talk(), 1) == 1
    clock.now += 1
    assert sent(floods, talk(), 1) == 0


def test_a_group_takes_twenty_a_minute_of_each_bot(clock: Clock) -> None:
    floods = Floods(clock, on=True)
    assert sent(floods, GROUP, 20) == 0
    assert sent(floods, GROUP, 1) == 60
    assert sent(floods, GROUP, 20, bot=6) == 0
    clock.now += 60
    assert sent(floods, GROUP, 20) == 0


def test_an_album_counts_as_many_as_it_has(clock: Clock) -> None:
    floods = Floods(clock, on=True)
    assert floods.wait_for(5, GROUP, cost=10) == 0
    assert floods.wait_for(5, GROUP, cost=10) == 0
    assert floods.wait_for(5, GROUP) == 60


def test_a_bot_sends_thirty_a_second_to_different_chats(clock: Clock) -> None:
    floods = Floods(clock, on=True)
    assert not any(floods.wait_for(5, talk(number)) for number in range(1, 31))
    assert floods.wait_for(5, talk(31)) == 1


def test_limits_pass_as_fast_as_the_pace(clock: Clock) -> None:
    floods = Floods(clock, pace=60.0, on=True)
    assert sent(floods, GROUP, 21) == 1
    clock.now += 1
    assert sent(floods, GROUP, 20) == 0
    floods.hurry(1.0)
    assert sent(floods, GROUP, 1) == 60
    clock.now += 1
    assert sent(floods, GROUP, 1) == 59


def test_what_is_off_only_counts(clock: Clock) -> None:
    floods = Floods(clock)
    assert sent(floods, GROUP, 30) == 0
    assert floods.exceeded.total() == 10
    assert floods.violations.total() == 0


@pytest.mark.parametrize("pace", [1.0, 60.0])
def test_ten_ignored_refusals_ban_the_bot_for_a_minute(clock: Clock, pace: float) -> None:
    floods = Floods(clock, pace=pace, on=True)
    sent(floods, talk(), 6)
    clock.now += 0.2
    floods._chats[5, 1].level = -60.0
    for _ in range(9):
        floods.wait_for(5, talk())
    assert floods.bans[5] == 0
    ban = floods.wait_for(5, talk())
    assert floods.bans[5] == 1
    assert ban == max(1, 60 / pace)
    assert floods.wait_for(5, talk(2)) == ban
    assert floods.wait_for(6, talk()) == 0
    clock.now += 60 / pace
    assert floods.wait_for(5, talk(2)) == 0


def test_who_waits_is_never_banned(clock: Clock) -> None:
    floods = Floods(clock, on=True)
    for _ in range(50):
        while (wait := floods.wait_for(5, GROUP)) == 0:
            pass
        clock.now += wait
    assert floods.exceeded.total() == 50
    assert floods.violations.total() == 0


def test_what_was_under_way_with_a_refused_request_is_forgiven(clock: Clock) -> None:
    floods = Floods(clock, on=True)
    sent(floods, talk(), 30)
    assert floods.violations.total() == 0


async def test_a_bot_is_told_how_long_to_wait_and_the_figures_show_it(company: Company) -> None:
    company.world.floods.on = True
    bot = company.bot(company.manager)
    album: Any = [InputMediaPhoto(media=BufferedInputFile(PICTURE, "p.png")) for _ in range(10)]
    for _ in range(2):
        await bot.send_media_group(company.group.id, album)
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(company.group.id, "лишнее")
    assert 0 < refusal.value.retry_after <= 60
    assert await company.bot(company.clients).send_message(company.group.id, "своя квота")
    stats = await company.emu("stats")
    assert stats["flooding"] == {"exceeded": 1, "violations": 0, "bans": 0}
    company.world.jump(61)
    assert await bot.send_message(company.group.id, "через минуту")


async def test_the_pace_is_changed_while_the_world_goes_on(company: Company) -> None:
    assert (await company.emu("pace", pace=60))["pace"] == 60
    assert company.world.floods.pace == company.world.pace == 60
    assert (await company.emu("pace", pace=-1))["error_code"] == 400
    assert (await company.emu("world"))["pace"] == 60
