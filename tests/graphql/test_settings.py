"""Settings: what an admin sets up, and what everybody sees of it."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from domain.readiness import Lack
from domain.settings import EVERY, MODES, Routing, Text
from domain.staff import Presence
from domain.surfaces import Surface
from interfaces.graphql import bots, lacks, presences, settings, surfaces
from tests.graphql.company import ANNA, CAROL, CHANNEL, GROUP, Company, GraphQLRefused
from tests.graphql.conftest import ALONE, BASIC, FORUM, LOCKED

OLGA = 777
SETTINGS = """query($at: BigInt) { workspace(minPosition: $at) { language surface channelId groupId
  missing readiness { lack text } openNow nextOpening settings { zone week firstReaction closing
  texts { kind text } reportEvery reportAt presence silence answer routing reopenWithin
  reopenByReply signing } } }"""


def seen(company: Company) -> dict[str, Any]:
    told: dict[str, Any] = company.admin(SETTINGS, at=company.service.head())["workspace"]
    return told


def test_enums_say_what_the_domain_says() -> None:
    assert {one.value for one in lacks.Lack} == {*Lack, bots.TELEGRAM_UNREACHABLE}
    assert set(lacks.WHAT_TO_DO) == set(lacks.Lack)
    assert {one.value for one in settings.TextKind} == set(Text)
    assert {one.value for one in settings.RoutingRule} == set(Routing)
    assert {one.value for one in settings.ReportEvery} == EVERY
    assert {one.value for one in settings.PresenceMode} == MODES
    assert {one.value for one in presences.Presence} == set(Presence)
    assert {one.value for one in surfaces.Surface} == set(Surface)


@pytest.mark.proves("S1-10", "S1-11")
def test_what_was_set_is_in_force(acme: Company) -> None:
    assert seen(acme)["settings"]["routing"] == "FIRST_ANSWER"
    week = [["00:00-24:00"]] * 7
    for name, told in {
        "setHours": {"zone": "Europe/Moscow", "week": week},
        "setTargets": {"firstReaction": 15, "closing": None},
        "setTexts": {"texts": [{"kind": "GREETING", "text": "Добрый день!"}]},
        "scheduleReport": {"every": "WEEK", "clock": "08:30"},
        "setPresencePolicy": {"mode": "ACTIVITY", "silence": 20, "answer": 90},
        "setRoutingPolicy": {"rule": "AUTOMATIC"},
        "setReopening": {"within": 60, "byReply": False},
        "setSigning": {"allowed": True},
        "changeLanguage": {"language": "en"},
    }.items():
        acme.order(acme.admin, name, "position", **told)
    told = seen(acme)
    assert (told["language"], told["openNow"]) == ("en", True)
    assert told["settings"] == {
        "zone": "Europe/Moscow",
        "week": week,
        "firstReaction": 15,
        "closing": None,
        "texts": [{"kind": "GREETING", "text": "Добрый день!"}],
        "reportEvery": "WEEK",
        "reportAt": "08:30",
        "presence": "ACTIVITY",
        "silence": 20,
        "answer": 90,
        "routing": "AUTOMATIC",
        "reopenWithin": 60,
        "reopenByReply": False,
        "signing": True,
    }


def test_out_of_hours_everybody_is_told_when_somebody_is_there_again(acme: Company) -> None:
    acme.order(acme.admin, "setHours", "position", zone="UTC", week=[[] for _ in range(7)])
    assert (seen(acme)["openNow"], seen(acme)["nextOpening"]) == (False, None)
    tomorrow = (datetime.now(UTC).weekday() + 1) % 7
    week = [["09:00-09:01"] if day == tomorrow else [] for day in range(7)]
    done = acme.order(acme.admin, "setHours", "position", zone="UTC", week=week)
    told = acme.client(
        CAROL,
        """query($at: BigInt) { workspace(minPosition: $at) {
             openNow nextOpening settings { zone week } } }""",
        at=done["position"],
    )
    assert told["workspace"]["openNow"] is False
    assert told["workspace"]["nextOpening"][11:16] == "09:00"


@pytest.mark.parametrize(
    ("name", "told", "code"),
    [
        ("setHours", {"zone": "Mars/Base", "week": [[]] * 7}, "BadHours"),
        ("setHours", {"zone": "UTC", "week": [["25:00-26:00"]] + [[]] * 6}, "BadHours"),
        ("setHours", {"zone": "UTC", "week": [[]] * 6}, "BadText"),
        ("setHours", {"zone": "UTC", "week": [["09:00-10:00"] * 11] + [[]] * 6}, "BadText"),
        ("setTargets", {"firstReaction": 0}, "BadSetting"),
        ("setTexts", {"texts": [{"kind": "GREETING", "text": "x" * 1001}]}, "BadText"),
        ("setTexts", {"texts": [{"kind": "GREETING", "text": "x"}] * 2}, "BadText"),
        ("scheduleReport", {"every": "DAY", "clock": "9:00"}, "BadSetting"),
        ("setPresencePolicy", {"mode": "ACTIVITY", "silence": 0}, "BadSetting"),
        ("setReopening", {"within": -1, "byReply": True}, "BadSetting"),
        ("changeLanguage", {"language": "de"}, "BadText"),
    ],
)
def test_what_cannot_be_used_is_refused(
    acme: Company, name: str, told: dict[str, Any], code: str
) -> None:
    with pytest.raises(GraphQLRefused) as refused:
        acme.order(acme.admin, name, "position", **told)
    assert refused.value.code == code


@pytest.mark.proves("S1-03")
def test_a_channel_brings_its_discussion_and_a_group_its_kind(acme: Company) -> None:
    order = partial(acme.order, acme.admin)
    order("linkGroup", "position", groupId=FORUM)
    told = seen(acme)
    assert (told["surface"], told["channelId"], told["groupId"]) == ("FORUM", None, FORUM)
    order("linkChannel", "position", channelId=CHANNEL)
    told = seen(acme)
    assert (told["surface"], told["channelId"], told["groupId"]) == ("CHANNEL", CHANNEL, GROUP)
    order("linkGroup", "position", groupId=GROUP)
    assert seen(acme)["surface"] == "GROUP"
    for name, chat, code in (
        ("linkChannel", {"channelId": ALONE}, "NoDiscussion"),
        ("linkChannel", {"channelId": -1}, "ChatUnseen"),
        ("linkGroup", {"groupId": -1}, "ChatUnseen"),
        ("linkGroup", {"groupId": BASIC}, "NotASupergroup"),
    ):
        with pytest.raises(GraphQLRefused) as refused:
            order(name, "position", **chat)
        assert refused.value.code == code
    acme.order(acme.bot, "migrateGroup", "position", fromId=GROUP, toId=-100999)
    assert seen(acme)["groupId"] == -100999


@pytest.mark.proves("S1-04", "S1-05", "S1-E11")
def test_what_a_look_at_telegram_found_stands_until_it_is_mended(acme: Company) -> None:
    check = partial(acme.order, acme.bot, "checkReadiness", "lacks position")
    assert check()["lacks"] == []
    acme.order(acme.admin, "linkGroup", "position", groupId=LOCKED)
    assert check()["lacks"] == ["GROUP_DELETE_RIGHT", "TOPICS_RIGHT"]
    told = seen(acme)
    assert told["missing"] == ["group_delete_right", "topics_right"]
    assert told["readiness"][1] == {
        "lack": "TOPICS_RIGHT",
        "text": "Allow the manager bot to manage topics in the group.",
    }
    acme.order(acme.admin, "linkGroup", "position", groupId=FORUM)
    assert check()["lacks"] == seen(acme)["readiness"] == []


def test_leaders_by_the_manager_bot_link_and_check_and_others_do_not(acme: Company) -> None:
    acme.hire("Olga", OLGA, "[OWNER, MANAGER]")
    olga, anna = (partial(acme.manager, who) for who in (OLGA, ANNA))
    for name, told in (
        ("linkGroup", {"groupId": FORUM}),
        ("linkChannel", {"channelId": CHANNEL}),
        ("checkReadiness", {}),
        ("inviteStaff", {}),
    ):
        acme.order(olga, name, "position", **told)
        with pytest.raises(GraphQLRefused) as refused:
            acme.order(anna, name, "position", **told)
        assert refused.value.code == "NotAllowed"


def test_everybody_says_for_themselves_whether_they_are_at_work(acme: Company) -> None:
    anna = partial(acme.manager, ANNA)
    acme.order(anna, "statePresence", "position", presence="BREAK")
    acme.order(acme.admin, "statePresence", "position", presence="GONE", personId=acme.boris)
    roster = acme.admin(
        "query($at: BigInt) { roster(minPosition: $at) { nodes { name presence presenceSince } } }",
        at=acme.service.head(),
    )["roster"]["nodes"]
    assert [(one["name"], one["presence"]) for one in roster] == [
        ("Anna", "BREAK"),
        ("Boris", "GONE"),
    ]
    with pytest.raises(GraphQLRefused) as refused:
        acme.order(anna, "statePresence", "position", presence="GONE", personId=acme.boris)
    assert refused.value.code == "NotAllowed"


def test_everybody_chooses_the_language_that_they_are_spoken_to_in(acme: Company) -> None:
    acme.writes(CAROL, "hello")
    me = "query($at: BigInt) { me(minPosition: $at) { language } }"
    carol, anna = partial(acme.client, CAROL), partial(acme.manager, ANNA)
    assert carol(me)["me"]["language"] == "ru"
    assert anna(me)["me"]["language"] is None
    for asking in (carol, anna):
        told = acme.order(asking, "chooseLanguage", "position", language="en")
        assert asking(me, at=told["position"])["me"]["language"] == "en"
        with pytest.raises(GraphQLRefused) as refused:
            acme.order(asking, "chooseLanguage", "position", language="tlh")
        assert refused.value.code == "BadText"
    with pytest.raises(GraphQLRefused) as refused:
        acme.order(acme.admin, "chooseLanguage", "position", language="en")
    assert refused.value.code == "BadRequest"
