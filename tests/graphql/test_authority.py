"""Who may do what: the table covers the whole schema, and the server keeps to it."""

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
)

from interfaces.graphql.authority import ALLOWED, ROOTS, allowed
from interfaces.graphql.principals import Who
from interfaces.graphql.schema import made
from tests.graphql.company import (
    ANNA,
    BORIS,
    CAROL,
    EVE,
    STRANGER,
    Company,
    GraphQLRefused,
    Service,
)

SCHEMA = made()._schema
TYPES = {
    name: type_
    for name, type_ in SCHEMA.type_map.items()
    if isinstance(type_, GraphQLObjectType) and not name.startswith("__")
}
OPERATIONS = [(root, name) for root in ("Query", "Mutation") for name in sorted(TYPES[root].fields)]
LED = {
    "linkChannel", "linkGroup", "checkReadiness", "inviteStaff", "revokeInvitation",
    "definePipeline", "addStage", "renameStage", "retireStage", "defineField", "retireField",
    "requireFields", "setLostReasons", "setLinkRule", "removeLinkRule", "setOffering",
    "endOffering", "openSlot", "bindSlot", "renameSlot", "pauseBatch", "resumeBatch",
    "contacts", "contention", "disclosures", "offerClaims", "linkExecutor", "setAdmission",
    "setSkills",
}  # fmt: skip
"""What managers may do who are owners or admins."""
LED_FROM_THEIR_CHAT = {"linkExecutorsChat", "unlinkExecutorsChat"}
"""What users of the executors' bot may do who are owners or admins."""
DUMMIES = {
    "ID": '"00000000-0000-4000-8000-000000000000"',
    "String": '"x"',
    "Int": "1",
    "BigInt": "1",
    "Boolean": "true",
    "JSON": "[]",
    "DateTime": '"2026-01-01T00:00:00Z"',
}


@pytest.mark.proves("P43")
@pytest.mark.parametrize("type_name", sorted(TYPES))
def test_every_field_of_the_schema_has_an_entry(type_name: str) -> None:
    for field in TYPES[type_name].fields:
        assert f"{type_name}.{field}" in ALLOWED or (
            type_name in ALLOWED and type_name not in ROOTS
        ), f"{type_name}.{field} has no entry: it is denied to everybody"


def test_every_entry_is_of_the_schema() -> None:
    for entry in ALLOWED:
        type_name, _, field = entry.partition(".")
        assert type_name in TYPES, entry
        assert not field or field in TYPES[type_name].fields, entry


def test_what_has_no_entry_is_denied_to_everybody() -> None:
    assert allowed("Mutation", "dropEverything") == allowed("Nobody", "knows") == frozenset()


def literal(type_: object) -> str:
    named = get_named_type(type_)  # type: ignore[arg-type]
    if isinstance(named, GraphQLInputObjectType):
        required = [
            f"{name}: {literal(field.type)}"
            for name, field in named.fields.items()
            if isinstance(field.type, GraphQLNonNull) and not field.default_value
        ]
        return "{" + ", ".join(required) + "}"
    return next(iter(named.values)) if isinstance(named, GraphQLEnumType) else DUMMIES[named.name]


def document(root: str, name: str) -> str:
    """The operation with what it requires, asking for nothing but __typename."""
    field = TYPES[root].fields[name]
    args = [
        f"{arg}: {literal(told.type)}"
        for arg, told in field.args.items()
        if isinstance(told.type, GraphQLNonNull) and arg != "first"
    ]
    called = f"{name}({', '.join(args)})" if args else name
    return f"{'query' if root == 'Query' else 'mutation'} {{ {called} {{ __typename }} }}"


@pytest.fixture(scope="module")
def company(service: Service) -> Company:
    with Company.founded(service, "Matrix") as made_company:
        made_company.shows_orders()
        return made_company


def outcome(service: Service, company: Company, who: Who, query: str) -> str:
    """The code of the answer, empty when there was no error."""
    key, telegram = {
        Who.STRANGER: (None, None),
        Who.OPERATOR: (service.operator_key, None),
        Who.ADMIN: (company.admin_key, None),
        Who.CLIENT_BOT: (company.client_key, None),
        Who.MANAGER_BOT: (company.manager_key, None),
        Who.SETTINGS_BOT: (service.settings_key(), None),
        Who.FOUNDER: (service.settings_key(), 700),
        Who.CLIENT: (company.client_key, CAROL),
        Who.MANAGER: (company.manager_key, ANNA),
        Who.EXECUTOR_BOT: (company.executor_key, None),
        Who.EXECUTOR: (company.executor_key, EVE),
    }[who]
    try:
        service.ask(key, query, telegram)
    except GraphQLRefused as refused:
        return refused.code
    return ""


@pytest.mark.proves("P43")
@pytest.mark.parametrize("who", list(Who))
@pytest.mark.parametrize(("root", "name"), OPERATIONS)
def test_the_server_keeps_to_the_table(
    service: Service, company: Company, who: Who, root: str, name: str
) -> None:
    code = outcome(service, company, who, document(root, name))
    if (who is Who.MANAGER and name in LED) or (
        who is Who.EXECUTOR and name in LED_FROM_THEIR_CHAT
    ):
        assert code == "NotAllowed"  # neither Anna nor Eve is a leader
    elif who not in allowed(root, name):
        assert code == ("NotSignedIn" if who is Who.STRANGER else "NotAllowed")
    else:
        assert code not in {"NotSignedIn", "NotAllowed", "NotStaff", "InternalError"}


@pytest.mark.parametrize(
    "query",
    [
        "{ tickets { nodes { holder { name } } } }",
        "{ tickets(first: 5) { edges { node { claims(first: 5) { nodes { seconds } } } } } }",
        "{ me { openTickets { thread(first: 5) { nodes { by { name } } } } } }",
        "{ workspace { bots { username } } }",
        """query { ...Q } fragment Q on Query { tickets { nodes { ...T } } }
           fragment T on Ticket { rootId }""",
    ],
)
def test_a_client_learns_nothing_of_the_staff_by_any_path(acme: Company, query: str) -> None:
    with pytest.raises(GraphQLRefused) as refused:
        acme.client(CAROL, query)
    assert refused.value.code == "NotAllowed"


@pytest.mark.parametrize(
    "query",
    [
        "{ workspace { bots { username } } }",
        "{ workspace { executorsChats { title } } }",
        "{ workspace { readiness { text } } }",
        "{ me { person { name } } }",
        "{ me { openTickets { number } } }",
        "{ me { workspace { groupId } } }",
        "{ roster(first: 5) { nodes { name } } }",
    ],
)
def test_an_executor_learns_nothing_of_the_staff_by_any_path(company: Company, query: str) -> None:
    with pytest.raises(GraphQLRefused) as refused:
        company.executor(EVE, query)
    assert refused.value.code == "NotAllowed"


def test_a_person_who_is_not_on_the_staff_reads_nothing(acme: Company) -> None:
    for query in ("{ queue { position } }", "{ me { workspace { name } } }"):
        with pytest.raises(GraphQLRefused) as refused:
            acme.manager(STRANGER, query)
        assert refused.value.code == "NotStaff"


def test_whoever_has_left_can_do_nothing_more(acme: Company) -> None:
    ticket = acme.opens()
    acme.admin(
        'mutation($p: ID!) { leaveStaff(input: {commandId: "l", personId: $p}) { position } }',
        p=acme.boris,
    )
    with pytest.raises(GraphQLRefused) as refused:
        acme.claims(BORIS, ticket["ticketId"])
    assert refused.value.code in {"NotStaff", "PersonHasLeft"}


@pytest.mark.proves("P43")
@pytest.mark.parametrize(
    ("who", "query"),
    [
        (ANNA, "query($id: ID!) { ticket(id: $id) { number } }"),
        (ANNA, "query($id: ID!) { thread(ticketId: $id) { nodes { text } } }"),
        (ANNA, "query($id: ID!) { client(id: $id) { name } }"),
        (ANNA, "query($id: ID!) { claims(ticketId: $id) { nodes { number } } }"),
        (ANNA, "query($id: ID!) { tickets(holderId: $id) { nodes { number } } }"),
        (
            ANNA,
            'mutation($id: ID!) { claimTicket(input: {commandId: "x", ticketId: $id}) { number } }',
        ),
        (
            ANNA,
            """mutation($id: ID!) {
              blockClient(input: {commandId: "y", clientId: $id}) { replayed } }""",
        ),
        (None, "query($id: ID!) { state(subject: $id) { version } }"),
        (None, "query($id: ID!) { events(subject: $id) { nodes { kind } } }"),
        (
            None,
            'mutation($id: ID!) { closeTicket(input: {commandId: "z", ticketId: $id}) { number } }',
        ),
    ],
)
def test_what_belongs_to_another_company_is_as_if_it_were_not(
    acme: Company, globex: Company, who: int | None, query: str
) -> None:
    foreign = globex.writes(CAROL, "secret")
    globex.claims(ANNA, foreign["ticketId"])
    clients = globex.admin(
        "query($at: BigInt) { clients(minPosition: $at) { nodes { id } } }",
        at=foreign["position"],
    )["clients"]["nodes"]
    key = acme.admin_key if who is None else acme.manager_key
    answers = set()
    for id in (foreign["ticketId"], clients[0]["id"], globex.anna, acme.new()):
        command = query.replace('commandId: "', f'commandId: "{acme.new()}')
        body = {"query": command, "variables": {"id": id}}
        answers.add(acme.service.post(key, body, who).text)
    assert len(answers) == 1
