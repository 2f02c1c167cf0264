"""The settings bot acts for leaders of the workspace that they name, and for founders of none."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from infrastructure.bots import INSTALLATION
from tests.graphql.company import ANNA, STRANGER, Company, Service

OLGA = 777  # leads ACME
TOPICS = """mutation($id: String!) {
  defineTopics(input: {commandId: $id, topics: ["Доставка"]}) { position } }"""
COMPANY = {"query": "{ workspace { name } }"}
pytestmark = pytest.mark.proves("S1-30")


def ask(
    service: Service, body: dict[str, Any], key: str | None = None, **headers: object
) -> httpx.Response:
    """`user` and `workspace` are the headers of the settings bot."""
    given = {
        {"user": "x-telegram-user", "workspace": "x-workspace"}[name]: str(value)
        for name, value in headers.items()
    }
    given["authorization"] = f"Bearer {key or service.settings_key()}"
    return service.http.post("/graphql", json=body, headers=given)


def code(answer: httpx.Response) -> str:
    errors = answer.json().get("errors")
    return str(errors[0]["extensions"]["code"]) if errors else ""


@pytest.mark.parametrize("role", ["OWNER", "ADMIN"])
def test_a_leader_acts_as_an_admin_and_by_name(acme: Company, role: str) -> None:
    olga = acme.hire("Olga", OLGA, f"[{role}]")
    body = {"query": TOPICS, "variables": {"id": acme.new()}}
    told = ask(acme.service, body, user=OLGA, workspace=acme.workspace_id)
    position = told.json()["data"]["defineTopics"]["position"]
    own = acme.admin(
        "query($by: String!) { events(actor: $by) { nodes { position } } }", by=f"person:{olga}"
    )
    assert own["events"]["nodes"] == [{"position": position}]


def test_who_does_not_lead_learns_not_even_that_the_workspace_is_there(
    acme: Company, globex: Company
) -> None:
    acme.hire("Olga", OLGA, "[OWNER]")
    left = acme.hire("Lev", 778, "[ADMIN]")
    acme.admin(
        "mutation($p: ID!, $id: String!) {"
        " leaveStaff(input: {commandId: $id, personId: $p}) { position } }",
        p=left,
        id=acme.new(),
    )
    tries = [
        (OLGA, globex.workspace_id),
        (ANNA, acme.workspace_id),
        (778, acme.workspace_id),
        (STRANGER, acme.workspace_id),
        (OLGA, uuid4()),
        (OLGA, INSTALLATION),
    ]
    answers = [ask(acme.service, COMPANY, user=user, workspace=named) for user, named in tries]
    assert {code(answer) for answer in answers} == {"NotStaff"}
    assert len({answer.text for answer in answers}) == 1


def test_a_manager_who_also_leads_is_known_as_the_leader(acme: Company) -> None:
    acme.hire("Olga", OLGA, "[OWNER]")
    acme.hire("Olga once more", OLGA, "[MANAGER]")
    told = ask(acme.service, COMPANY, user=OLGA, workspace=acme.workspace_id)
    assert told.json()["data"]["workspace"]["name"] == "ACME"


def test_without_a_workspace_nothing_of_any_workspace_can_be_asked(acme: Company) -> None:
    acme.hire("Olga", OLGA, "[OWNER]")
    for body in (COMPANY, {"query": "{ roster { nodes { name } } }"}):
        assert code(ask(acme.service, body)) == "NotAllowed"
        assert code(ask(acme.service, body, user=OLGA)) == "NotAllowed"


def test_only_the_settings_bot_names_a_workspace_and_only_for_a_user(acme: Company) -> None:
    mine = acme.workspace_id
    assert ask(acme.service, COMPANY, workspace=mine).status_code == 400
    assert ask(acme.service, COMPANY, user=OLGA, workspace="acme").status_code == 400
    for key in (acme.manager_key, acme.admin_key, acme.service.operator_key):
        answer = ask(acme.service, COMPANY, key, user=ANNA, workspace=mine)
        assert (answer.status_code, code(answer)) == (400, "BadRequest")
