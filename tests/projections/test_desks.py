"""How a desk works: its rules, what it lacks, its invitations, the answers at hand."""

from datetime import timedelta
from uuid import uuid4

from domain.canned_replies import CannedReply
from domain.invitations import Invitation
from domain.settings import Rules, Settings, settings_of
from domain.workspaces import Workspace
from projections.canned_replies import CannedReplyRow
from projections.invitations import InvitationRow
from projections.rules import StoredRules
from tests.projections.conftest import World
from tests.projections.facts import NOON, fact
from tests.projections.test_tickets import ANNA, BORIS

WEEKDAYS = [["09:00-18:00"]] * 5 + [[], []]


def test_a_company_begins_with_the_rules_of_the_domain() -> None:
    rules, stored = Rules(), StoredRules(uuid4())
    assert stored.zone is rules.hours is None
    for name in Rules.__dataclass_fields__.keys() - {"hours"}:
        assert getattr(stored, name) == getattr(rules, name)


async def test_a_workspace_tells_its_rules_and_when_somebody_is_there(questions: World) -> None:
    acme, other = uuid4(), uuid4()
    settings = settings_of(acme)
    for workspace in (acme, other):
        await questions.book.record(workspace, fact(Workspace.Founded, workspace, name="Acme"))
    await questions.book.record(
        acme,
        fact(Settings.Begun, settings),
        fact(Settings.HoursSet, settings, zone="Europe/Moscow", week=WEEKDAYS),
        fact(Settings.TargetsSet, settings, first_reaction=15, closing=None),
        fact(Settings.TextsSet, settings, texts={"greeting": "Здравствуйте!"}),
        fact(Settings.ReportScheduled, settings, every="week", clock="08:30"),
        fact(Settings.PresencePolicySet, settings, mode="activity", silence=20, answer=90),
        fact(Settings.RoutingPolicySet, settings, rule="automatic"),
        fact(Settings.ReopeningSet, settings, within=60, by_reply=False),
        fact(Settings.SigningSet, settings, allowed=True),
    )
    await questions.know("workspaces")
    ours = await questions.models.workspaces.one(acme)
    theirs = await questions.models.workspaces.one(other)
    assert ours is not None
    assert theirs is not None
    rules = ours.rules
    assert (rules.zone, rules.week) == ("Europe/Moscow", WEEKDAYS)
    assert (rules.first_reaction, rules.closing) == (15, None)
    assert rules.texts == {"greeting": "Здравствуйте!"}
    assert (rules.report_every, rules.report_at) == ("week", "08:30")
    assert (rules.presence, rules.silence, rules.answer) == ("activity", 20, 90)
    assert (rules.routing, rules.signing) == ("automatic", True)
    assert (rules.reopen_within, rules.reopen_by_reply) == (60, False)
    evening, morning = NOON.replace(hour=16), NOON.replace(day=3, hour=6)
    assert rules.is_open(NOON)
    assert not rules.is_open(evening)
    assert rules.next_opening(evening) == morning
    assert (theirs.rules.zone, theirs.rules.routing) == (None, "first_answer")
    assert theirs.rules.is_open(evening)
    assert theirs.rules.next_opening(evening) is None


async def test_a_workspace_tells_where_its_staff_works_and_what_is_broken(
    questions: World,
) -> None:
    acme = uuid4()
    bots = [
        fact(Workspace.BotConnected, acme, bot_id=uuid4().int >> 70, role=role, username=role)
        for role in ("client", "manager")
    ]
    workspaces = questions.models.workspaces

    async def seen(*facts: object) -> tuple[object, ...]:
        await questions.book.record(acme, *facts)  # type: ignore[arg-type]
        await questions.know("workspaces")
        row = await workspaces.one(acme)
        assert row is not None
        return row.surface, row.channel_id, row.group_id, row.lacks

    lacking = ["client_bot", "manager_bot", "channel"]
    assert await seen(fact(Workspace.Founded, acme, name="A")) == ("channel", None, None, lacking)
    assert await seen(*bots) == ("channel", None, None, ["channel"])
    linked = fact(Workspace.GroupLinked, acme, group_id=-2, surface="forum")
    assert await seen(linked) == ("forum", None, -2, [])
    checked = fact(Workspace.ReadinessChecked, acme, lacks=["topics_right"])
    assert await seen(checked) == ("forum", None, -2, ["topics_right"])
    migrated = fact(Workspace.GroupMigrated, acme, from_id=-2, to_id=-3)
    assert await seen(migrated) == ("forum", None, -3, ["topics_right"])
    channel = fact(Workspace.ChannelLinked, acme, channel_id=-9, group_id=-8)
    assert await seen(channel) == ("channel", -9, -8, [])
    await seen(fact(Workspace.LanguageChanged, acme, language="en"))
    row = await workspaces.one(acme)
    assert row is not None
    assert row.language == "en"


async def test_a_workspace_tells_where_it_shows_orders_the_main_chat_first(
    questions: World,
) -> None:
    acme = uuid4()
    workspaces = questions.models.workspaces
    bots = [
        fact(Workspace.BotConnected, acme, bot_id=uuid4().int >> 70, role=role, username=role)
        for role in ("client", "manager", "executor")
    ]

    async def seen(*facts: object) -> tuple[list[tuple[int, str]], list[str], list[str]]:
        await questions.book.record(acme, *facts)  # type: ignore[arg-type]
        await questions.know("workspaces")
        row = await workspaces.one(acme)
        assert row is not None
        assert row.group_id == -2
        return [(*chat,) for chat in row.executors_chats], row.lacks, row.hindrances

    group = fact(Workspace.GroupLinked, acme, group_id=-2, surface="forum")
    nowhere = await seen(fact(Workspace.Founded, acme, name="A"), *bots, group)
    assert nowhere == ([], ["executors_chat"], [])
    masters = fact(Workspace.ExecutorsChatLinked, acme, chat_id=-4, title="Masters")
    couriers = fact(Workspace.ExecutorsChatLinked, acme, chat_id=-5, title="Couriers")
    assert await seen(masters, couriers) == ([(-4, "Masters"), (-5, "Couriers")], [], [])
    renamed = fact(Workspace.ExecutorsChatLinked, acme, chat_id=-4, title="All masters")
    migrated = fact(Workspace.GroupMigrated, acme, from_id=-4, to_id=-1004)
    both = [(-1004, "All masters"), (-5, "Couriers")]
    assert await seen(renamed, migrated) == (both, [], [])
    found = ["topics_right", "executor_bot_not_in_chat"]
    checked = fact(Workspace.ReadinessChecked, acme, lacks=found)
    assert await seen(checked) == (both, found, ["topics_right"])
    unlinked = fact(Workspace.ExecutorsChatUnlinked, acme, chat_id=-1004)
    assert (await seen(unlinked))[0] == [(-5, "Couriers")]


async def test_canned_replies_stand_by_their_codes_and_are_found(questions: World) -> None:
    acme, other, hello, bye = (uuid4() for _ in range(4))
    await questions.book.record(
        acme,
        fact(CannedReply.Written, hello, code="Hello", text="Добрый день!", acts=[]),
        fact(CannedReply.Written, bye, code="bye", text="Спасибо", acts=["close"]),
        fact(CannedReply.Rewritten, hello, text="Добрый день, {client}!", acts=["tag:new"]),
    )
    await questions.know("canned_replies")
    page = questions.models.canned_replies.page
    first = CannedReplyRow("bye", "Спасибо", ["close"], "bye")
    second = CannedReplyRow("Hello", "Добрый день, {client}!", ["tag:new"], "hello")
    assert (await page(acme)).rows == [first, second]
    assert (await page(acme, first=1)).more
    assert (await page(acme, after="bye")).rows == [second]
    assert (await page(acme, search="HE")).rows == [second]
    assert (
        (await page(acme, search="спасиб")).rows == (await page(acme, search="b")).rows == [first]
    )
    assert (await page(acme, search="%")).rows == (await page(other)).rows == []

    await questions.book.record(acme, fact(CannedReply.Removed, bye))
    await questions.know("canned_replies")
    assert (await page(acme)).rows == [second]
    again = fact(CannedReply.Rewritten, bye, text="Всего доброго", acts=[])
    await questions.book.record(acme, again)
    await questions.know("canned_replies")
    assert (await page(acme)).rows[0].text == "Всего доброго"


async def test_invitations_tell_what_became_of_them(questions: World) -> None:
    acme, other = uuid4(), uuid4()
    used, taken, waiting = ids = [uuid4() for _ in range(3)]
    until = NOON + timedelta(days=3)
    for workspace in (acme, other):
        told = {"roles": ["manager"], "expires_at": until, "by": ANNA}
        facts = [fact(Invitation.Issued, id, n, **told) for n, id in enumerate(ids)]
        await questions.book.record(workspace, *facts)
    await questions.book.record(
        acme,
        fact(Invitation.Accepted, used, 5, person_id=BORIS),
        fact(Invitation.Revoked, taken, 6, by=ANNA),
    )
    await questions.know("invitations")
    page = questions.models.invitations.page
    rows = (await page(acme)).rows
    at = [NOON + timedelta(minutes=n) for n in range(7)]
    assert rows == [
        InvitationRow(waiting, ["manager"], at[2], until, ANNA, None, None, None),
        InvitationRow(taken, ["manager"], at[1], until, ANNA, None, None, at[6]),
        InvitationRow(used, ["manager"], at[0], until, ANNA, BORIS, at[5], None),
    ]
    assert (await page(acme, first=1, after=rows[0].cursor)).rows == rows[1:2]
    assert [row.accepted_at for row in (await page(other)).rows] == [None] * 3
    assert (await page(uuid4())).rows == []
