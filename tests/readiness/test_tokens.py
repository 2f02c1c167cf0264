"""Tokens as people paste them: what can be used is used, what cannot is refused in clear words."""

import asyncio

import pytest

from infrastructure.bots import BotAccount, BotAccounts
from infrastructure.postgres import Role, pool
from infrastructure.token_box import TokenBox
from tests.graphql.company import NUMBERS, RUNNING, Company, GraphQLRefused
from tests.graphql.conftest import SECRET

pytestmark = pytest.mark.proves("S1-02")
SECRET_PART = "good-canary-of-a-token"
GONE = """mutation($id: String!, $b: BigInt!) {
  disconnectBot(input: {commandId: $id, botId: $b}) { position } }"""


def accounts(company: Company) -> dict[int, BotAccount]:
    async def read() -> list[BotAccount]:
        async with pool(company.service.town.dsn, Role.GATEWAY, name="t", max_size=1) as reads:
            return await BotAccounts(reads, TokenBox.of(SECRET)).all()

    found = asyncio.run(read())
    return {one.bot_id: one for one in found if str(one.workspace_id) == company.workspace_id}


def connect(company: Company, token: str, role: str = "CLIENT") -> str:
    """The code of the refusal, empty when the bot works now."""
    try:
        company.admin(RUNNING, t=token, r=role, id=company.new())
    except GraphQLRefused as error:
        refused = error
    else:
        return ""
    assert SECRET_PART not in refused.message
    return refused.code


@pytest.mark.parametrize("around", ["  {} ", "{}\n", "\r\n{}\t", "\u00a0{}"])
def test_what_surrounds_a_token_is_dropped(acme: Company, around: str) -> None:
    token = f"{acme.client_bot}:{SECRET_PART}"
    assert connect(acme, around.format(token)) == ""
    assert accounts(acme)[acme.client_bot].token == token


@pytest.mark.parametrize(
    "broken", ["{n}: {s}", "{n}:{s}\n{n}:{s}", "{s}", "{n}", "", ":{s}", "{n}:{s}/getMe", "{n}:ж"]
)
def test_what_is_no_token_is_refused_and_telegram_not_asked(acme: Company, broken: str) -> None:
    before = accounts(acme)
    given = broken.format(n=next(NUMBERS), s=SECRET_PART)
    assert connect(acme, given) == "BadToken"
    assert accounts(acme) == before


@pytest.mark.parametrize("role", ["CLIENT", "MANAGER"])
def test_a_bot_of_another_company_is_refused_in_any_role(
    acme: Company, globex: Company, role: str
) -> None:
    for bot in (acme.client_bot, acme.manager_bot):
        assert connect(globex, f"{bot}:{SECRET_PART}", role) == "BotIsTaken"
    assert accounts(acme).keys() == {acme.client_bot, acme.manager_bot}


def test_one_bot_cannot_work_in_both_roles(acme: Company) -> None:
    assert connect(acme, f"{acme.manager_bot}:{SECRET_PART}") == "BotHasOtherRole"
    acme.admin(GONE, b=acme.client_bot, id=acme.new())
    assert connect(acme, f"{acme.manager_bot}:{SECRET_PART}") == "BotHasOtherRole"
    assert accounts(acme)[acme.manager_bot].role == "manager"


@pytest.mark.proves("S1-E11")
def test_a_bot_is_replaced_by_ending_its_work_first(acme: Company) -> None:
    old, new = acme.client_bot, next(NUMBERS)
    assert connect(acme, f"{new}:{SECRET_PART}") == "BotRoleIsTaken"
    acme.admin(GONE, b=old, id=acme.new())
    assert connect(acme, f"{new}:{SECRET_PART}") == ""
    assert accounts(acme).keys() == {new, acme.manager_bot}
    assert connect(acme, f"{old}:{SECRET_PART}", "MANAGER") == "BotRoleIsTaken"


@pytest.mark.proves("S1-E11")
def test_a_new_token_of_the_same_bot_works_at_once_and_it_keeps_its_key(acme: Company) -> None:
    before = accounts(acme)[acme.client_bot]
    assert connect(acme, f"{acme.client_bot}:{SECRET_PART}") == ""
    after = accounts(acme)[acme.client_bot]
    assert (after.token, after.service_key) == (
        f"{acme.client_bot}:{SECRET_PART}",
        before.service_key,
    )
