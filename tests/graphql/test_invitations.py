"""Invitations: links that let one person each into the staff; and founders, who come first."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import psycopg
import pytest

from tests.graphql.company import ANNA, Company, GraphQLRefused, Service

EVE, FRANK, FOUNDER = 601, 602, 603
FOUNDED = "workspaceId adminKey position replayed"


def accepts(company: Company, code: str, telegram: int, **more: Any) -> dict[str, Any]:
    told = {"code": code, "telegramId": telegram, "name": "Eve", "username": "eve"} | more
    return company.order(company.bot, "acceptInvitation", "personId name position replayed", **told)


def refusal_of(company: Company, code: str, telegram: int) -> str:
    with pytest.raises(GraphQLRefused) as refused:
        accepts(company, code, telegram)
    return refused.value.code


@pytest.mark.proves("S1-07")
def test_whoever_has_the_link_joins_once(acme: Company) -> None:
    invited = acme.invites("[MANAGER, ADMIN]")
    assert invited["link"].endswith(f"?start=i_{invited['code']}")
    assert len(f"i_{invited['code']}") <= 64  # what Telegram lets a link start with
    in_time = datetime.fromisoformat(invited["expiresAt"]) - datetime.now(UTC)
    assert timedelta(hours=71) < in_time < timedelta(hours=73)
    joined = accepts(acme, invited["code"], EVE)
    assert joined["name"] == "ACME"
    roster = acme.manager(
        EVE,
        "query($at: BigInt) { me(minPosition: $at) { person { id name roles username } } }",
        at=joined["position"],
    )
    assert roster["me"]["person"] == {
        "id": joined["personId"],
        "name": "Eve",
        "roles": ["MANAGER", "ADMIN"],
        "username": "eve",
    }
    assert refusal_of(acme, invited["code"], FRANK) == "InvitationIsOver"
    listed = acme.admin(
        """query($at: BigInt) { invitations(minPosition: $at) { nodes {
             id roles by { name } person { name } acceptedAt revokedAt } } }""",
        at=joined["position"],
    )["invitations"]["nodes"]
    assert listed[0]["id"] == invited["invitationId"]
    assert (listed[0]["by"], listed[0]["person"]) == (None, {"name": "Eve"})
    assert listed[0]["acceptedAt"] is not None


def test_retries_give_the_same_link_and_the_same_person(acme: Company) -> None:
    first = acme.invites(command="invite")
    assert acme.invites(command="invite") == {**first, "replayed": True}
    command = {"commandId": acme.new()}
    joined = accepts(acme, first["code"], EVE, **command)
    assert accepts(acme, first["code"], EVE, **command) == {**joined, "replayed": True}


def test_who_works_here_accepts_nothing(acme: Company) -> None:
    invited = acme.invites()
    assert refusal_of(acme, invited["code"], ANNA) == "AlreadyStaff"
    accepts(acme, invited["code"], EVE)
    assert refusal_of(acme, acme.invites()["code"], EVE) == "AlreadyStaff"


def test_a_revoked_or_foreign_link_lets_nobody_in(acme: Company, globex: Company) -> None:
    invited = acme.invites()
    assert refusal_of(globex, invited["code"], EVE) == "NotFound"
    assert refusal_of(acme, "x" * 32, EVE) == "NotFound"
    order = partial(acme.order, acme.admin, "revokeInvitation", "position")
    order(invitationId=invited["invitationId"])
    assert refusal_of(acme, invited["code"], EVE) == "InvitationIsOver"
    with pytest.raises(GraphQLRefused) as refused:
        globex.order(
            globex.admin, "revokeInvitation", "position", invitationId=invited["invitationId"]
        )
    assert refused.value.code == "NotFound"


@pytest.mark.parametrize("hours", [0, -1, 745])
def test_an_invitation_is_good_for_hours_or_days(acme: Company, hours: int) -> None:
    with pytest.raises(GraphQLRefused) as refused:
        acme.order(acme.admin, "inviteStaff", "code", hours=hours)
    assert refused.value.code == "BadText"


def test_without_a_manager_bot_nobody_is_invited(service: Service) -> None:
    key = service.ask(
        service.operator_key,
        """mutation($id: String!) { foundWorkspace(input: {commandId: $id, name: "New"}) {
             adminKey } }""",
        id=Company.new(),
    )["foundWorkspace"]["adminKey"]
    with pytest.raises(GraphQLRefused) as refused:
        service.ask(key, 'mutation { inviteStaff(input: {commandId: "i"}) { code } }')
    assert refused.value.code == "NoManagerBot"


def test_a_code_is_kept_nowhere(acme: Company) -> None:
    invited = acme.invites()
    accepts(acme, invited["code"], EVE)
    with psycopg.connect(acme.service.town.dsn) as owner:
        kept = owner.execute(
            """SELECT count(*) FROM ledger.event_log e
                WHERE convert_from(e.state, 'UTF8') LIKE %(code)s""",
            {"code": f"%{invited['code']}%"},
        ).fetchone()
    assert kept == (0,)


@pytest.mark.proves("S1-30")
def test_a_founder_owns_the_company_and_finds_it_again(service: Service) -> None:
    key = service.settings_key()
    query = f"""mutation($id: String!, $name: String!) {{ foundWorkspace(input: {{
        commandId: $id, name: $name, ownerName: "Фёдор", ownerUsername: "fedor" }}) {{
        {FOUNDED} }} }}"""
    id = Company.new()
    founded = service.ask(key, query, FOUNDER, id=id, name="Пекарня")["foundWorkspace"]
    again = service.ask(key, query, FOUNDER, id=id, name="Пекарня")["foundWorkspace"]
    assert again == {**founded, "replayed": True}
    assert founded["adminKey"] is None
    mine = """query($at: BigInt) { myWorkspaces(minPosition: $at) {
        workspaceId name role running } }"""
    assert service.ask(key, mine, FOUNDER, at=founded["position"])["myWorkspaces"] == [
        {
            "workspaceId": founded["workspaceId"],
            "name": "Пекарня",
            "role": "OWNER",
            "running": False,
        }
    ]
    told = service.ask(
        key, "{ me { person { name roles username } } }", FOUNDER, founded["workspaceId"]
    )["me"]["person"]
    assert told == {"name": "Фёдор", "roles": ["OWNER", "ADMIN", "MANAGER"], "username": "fedor"}
    assert service.ask(key, "{ myWorkspaces { name } }", FRANK)["myWorkspaces"] == []


def test_one_account_founds_five_companies_at_most(service: Service) -> None:
    query = """mutation($id: String!) { foundWorkspace(input: {commandId: $id, name: "One"}) {
        workspaceId } }"""
    key, ids = service.settings_key(), [Company.new() for _ in range(6)]
    for id in ids[:5]:
        service.ask(key, query, 604, id=id)
    with pytest.raises(GraphQLRefused) as refused:
        service.ask(key, query, 604, id=ids[5])
    assert refused.value.code == "TooManyWorkspaces"
    service.ask(key, query, 604, id=ids[4])
