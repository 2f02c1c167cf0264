"""Founding a company: keys, bots, and what must stay secret."""

import asyncio
from uuid import uuid4

import psycopg
import pytest
from cryptography.exceptions import InvalidTag

from infrastructure.bots import BotAccount, BotAccounts, place
from infrastructure.postgres import Role, pool
from infrastructure.token_box import SecretKeyUnusable, TokenBox
from tests.graphql.company import NUMBERS, RUNNING, Company, GraphQLRefused, Service
from tests.graphql.conftest import SECRET

FOUND = """mutation($id: String!, $name: String!) { foundWorkspace(
  input: {commandId: $id, name: $name}) { workspaceId adminKey position replayed } }"""


def accounts(company: Company) -> list[BotAccount]:
    async def read() -> list[BotAccount]:
        async with pool(company.service.town.dsn, Role.GATEWAY, name="t", max_size=1) as reads:
            return await BotAccounts(reads, TokenBox.of(SECRET)).all()

    own = asyncio.run(read())
    return [account for account in own if str(account.workspace_id) == company.workspace_id]


def test_founding_twice_gives_the_same_company_and_key(service: Service) -> None:
    id = Company.new()
    first = service.ask(service.operator_key, FOUND, id=id, name="Initech")["foundWorkspace"]
    again = service.ask(service.operator_key, FOUND, id=id, name="Initech")["foundWorkspace"]
    assert again == {**first, "replayed": True}
    told = service.ask(first["adminKey"], "{ workspace { name running missing bots { id } } }")
    assert told["workspace"] == {
        "name": "Initech",
        "running": False,
        "missing": ["client_bot", "manager_bot", "channel"],
        "bots": [],
    }


def test_nobody_gets_a_key_to_a_company_that_is_there_already(service: Service) -> None:
    found = FOUND.replace("$name: String!", "$name: String!, $w: ID").replace(
        "name: $name", "name: $name, workspaceId: $w"
    )
    id, workspace = Company.new(), str(uuid4())
    first = service.ask(service.operator_key, found, id=id, name="Hooli", w=workspace)
    with pytest.raises(GraphQLRefused) as refused:
        service.ask(service.operator_key, found, id=Company.new(), name="Hooli", w=workspace)
    assert refused.value.code == "WorkspaceExists"
    again = service.ask(service.operator_key, found, id=id, name="Hooli", w=workspace)
    assert again["foundWorkspace"] == {**first["foundWorkspace"], "replayed": True}
    with psycopg.connect(service.town.dsn) as admin:
        keys = admin.execute(
            "SELECT kid FROM ledger.api_key WHERE workspace_id = %s", [workspace]
        ).fetchall()
    assert [kid for (kid,) in keys] == [first["foundWorkspace"]["adminKey"].partition(".")[0]]


def test_a_key_is_kept_as_a_hash_and_tokens_are_sealed(acme: Company) -> None:
    with psycopg.connect(acme.service.town.dsn) as admin:
        keys = admin.execute("SELECT kid, secret_hash FROM ledger.api_key").fetchall()
        bots = admin.execute("SELECT token, hook_secret, service_key FROM ledger.bot").fetchall()
        events = admin.execute("SELECT state FROM ledger.event_log").fetchall()
        outcomes = admin.execute("SELECT outcome::text FROM ledger.command_log").fetchall()
    told = repr((keys, bots, events, outcomes))
    secrets = [acme.admin_key, acme.client_key, acme.manager_key]
    for secret in [key.partition(".")[2] for key in secrets] + ["goodxxxx"]:
        assert secret not in told


def test_the_gateway_finds_every_bot_with_its_secrets(acme: Company) -> None:
    found = {account.role: account for account in accounts(acme)}
    assert found["client"].bot_id == acme.client_bot
    assert found["manager"].token == f"{acme.manager_bot}:good{'x' * 31}"
    assert len(found["client"].hook_id) == 32
    assert found["client"].token not in repr(found["client"])


def test_connecting_again_renews_the_token_and_keeps_the_key(acme: Company) -> None:
    before = {account.bot_id: account for account in accounts(acme)}
    told = acme.admin(RUNNING, t=f"{acme.client_bot}:good-renewed", r="CLIENT", id=acme.new())
    after = {account.bot_id: account for account in accounts(acme)}
    assert told["connectBot"]["position"] is None
    assert after[acme.client_bot].token == f"{acme.client_bot}:good-renewed"
    assert after[acme.client_bot].service_key == before[acme.client_bot].service_key


@pytest.mark.parametrize(
    ("token", "role", "code"),
    [
        ("{own}:goodx", "MANAGER", "BotHasOtherRole"),
        ("{new}:goodx", "CLIENT", "BotRoleIsTaken"),
        ("{new}:bad", "CLIENT", "BadToken"),
        ("nonsense", "CLIENT", "BadToken"),
    ],
)
def test_a_bot_that_cannot_be_connected_leaves_no_trace(
    acme: Company, token: str, role: str, code: str
) -> None:
    before = accounts(acme)
    given = token.format(own=acme.client_bot, new=next(NUMBERS))
    with pytest.raises(GraphQLRefused) as refused:
        acme.admin(RUNNING, t=given, r=role, id=acme.new())
    assert refused.value.code == code
    assert accounts(acme) == before


def test_a_bot_works_for_one_company_only(acme: Company, globex: Company) -> None:
    with pytest.raises(GraphQLRefused) as refused:
        globex.admin(RUNNING, t=f"{acme.client_bot}:goodx", r="CLIENT", id=globex.new())
    assert refused.value.code == "BotIsTaken"


def test_the_key_of_a_disconnected_bot_is_refused(acme: Company) -> None:
    acme.service.ask(acme.client_key, "{ workspace { name } }")
    acme.admin(
        """mutation($b: BigInt!) { disconnectBot(input: {commandId: "gone", botId: $b})
             { position } }""",
        b=acme.client_bot,
    )
    with pytest.raises(GraphQLRefused) as refused:
        acme.service.ask(acme.client_key, "{ workspace { name } }")
    assert refused.value.code == "NotSignedIn"
    assert {account.role for account in accounts(acme)} == {"manager"}


@pytest.fixture
def box() -> TokenBox:
    return TokenBox.of(SECRET)


def test_a_sealed_value_opens_only_where_it_belongs(box: TokenBox, acme: Company) -> None:
    from uuid import UUID

    here = place(UUID(acme.workspace_id), 1, "token")
    sealed = box.seal("1:secret", here)
    assert box.open(sealed, here) == "1:secret"
    for elsewhere in (place(UUID(acme.workspace_id), 2, "token"), here.replace("token", "hook")):
        with pytest.raises(InvalidTag):
            box.open(sealed, elsewhere)
    with pytest.raises(InvalidTag):
        box.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), here)


def test_old_secrets_open_during_a_rotation(box: TokenBox) -> None:
    sealed = box.seal("1:secret", "here")
    both = TokenBox.of(f"2={'n' * 40},1={SECRET}")
    assert both.open(sealed, "here") == "1:secret"
    assert both.reseal_needed(sealed)
    assert not both.reseal_needed(both.seal("x", "here"))
    with pytest.raises(KeyError):
        TokenBox.of(f"2={'n' * 40}").open(sealed, "here")


@pytest.mark.parametrize("text", ["", "short", "1=short", f"0={'n' * 40}", f"1={'n' * 40},x"])
def test_an_unusable_secret_key_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(SecretKeyUnusable) as refused:
        TokenBox.of(text)
    assert not text or text not in str(refused.value)


def test_nobody_but_the_desk_role_reads_keys(acme: Company) -> None:
    with psycopg.connect(acme.service.town.dsn) as admin:
        admin.execute("SET ROLE ledgerdesk_gateway")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            admin.execute("SELECT * FROM ledger.api_key")
