"""Deals apart: nobody has what belongs to another company, to a colleague, or to the staff."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from tests.graphql.company import ANNA, BORIS, CAROL, EVE, Company, GraphQLRefused, Service
from tests.graphql.sales import Sales

QUESTIONS = [
    "query($id: ID!) { deal(id: $id) { number } }",
    "query($id: ID!) { pipeline(id: $id) { name } }",
    "query($id: ID!) { contact(id: $id) { name } }",
    "query($id: ID!) { batch(id: $id) { moved } }",
    "query($id: ID!) { board(pipelineId: $id) { count } }",
    "query($id: ID!) { deals(filter: {pipelineId: $id}) { nodes { number } } }",
    "query($id: ID!) { deals(filter: {stageId: $id}) { nodes { number } } }",
    "query($id: ID!) { deals(filter: {slotId: $id}) { nodes { number } } }",
    "query($id: ID!) { deals(filter: {personId: $id}) { nodes { number } } }",
    "query($id: ID!) { deals(filter: {contactId: $id}) { nodes { number } } }",
    'query($id: ID!) { checkDeals(pipelineId: $id, rows: [{row: 1, title: "x"}]) { codes } }',
]
ORDERS: dict[str, dict[str, Any]] = {
    "renameDeal": {"dealId": "?", "title": "x"},
    "moveDeal": {"dealId": "?", "stageId": "?"},
    "assignDeal": {"dealId": "?", "slotId": "?"},
    "commentDeal": {"dealId": "?", "text": "x"},
    "deleteDeal": {"dealId": "?"},
    "createDeal": {"pipelineId": "?", "title": "x"},
    "importDeals": {"pipelineId": "?", "rows": [{"row": 1, "title": "x"}]},
    "changeContact": {"contactId": "?", "name": "x"},
    "addStage": {"pipelineId": "?", "name": "x"},
    "bindSlot": {"slotId": "?", "personId": "?"},
    "renameSlot": {"slotId": "?", "name": "x"},
    "pauseBatch": {"batchId": "?"},
}


@pytest.fixture(scope="module")
def companies(service: Service) -> Iterator[tuple[Sales, list[str]]]:
    """A company, and ids of everything that another one has."""
    with Company.founded(service, "Ours") as ours, Company.founded(service, "Theirs") as theirs:
        sales, foreign = Sales(ours), Sales(theirs)
        contact = {"name": "Ivan", "phones": ["+79161234567"]}
        deal = foreign.deal(ANNA, contact=contact)
        told = {"pipelineId": foreign.pipeline, "stageId": foreign.stages["Work"]}
        batch = foreign.lead("retireStage", "batchId", successorId=foreign.stages["New"], **told)
        at = theirs.service.head()
        query = "query($at: BigInt) { slots(minPosition: $at) { id } contacts { nodes { id } } }"
        seen = theirs.admin(query, at=at)
        yield (
            sales,
            [
                deal,
                foreign.pipeline,
                foreign.stages["New"],
                batch["batchId"],
                seen["slots"][0]["id"],
                seen["contacts"]["nodes"][0]["id"],
                theirs.anna,
            ],
        )


@pytest.mark.proves("P43")
@pytest.mark.parametrize("query", QUESTIONS)
def test_what_another_company_has_is_as_if_it_were_not(
    companies: tuple[Sales, list[str]], query: str
) -> None:
    sales, foreign = companies
    company = sales.company
    for key, who in ((company.admin_key, None), (company.manager_key, ANNA)):
        answers = {
            company.service.post(key, {"query": query, "variables": {"id": id}}, who).text
            for id in (*foreign, company.new())
        }
        assert len(answers) == 1


@pytest.mark.proves("P43")
@pytest.mark.parametrize("name", ORDERS)
def test_nothing_can_be_done_to_what_another_company_has(
    companies: tuple[Sales, list[str]], name: str
) -> None:
    sales, foreign = companies
    head = sales.company.service.head()
    for id in (*foreign, sales.company.new()):
        told = {key: id if value == "?" else value for key, value in ORDERS[name].items()}
        with pytest.raises(GraphQLRefused) as refused:
            sales.lead(name, "position", **told)
        assert refused.value.code == "NotFound"
    assert sales.company.service.head() == head


@pytest.mark.parametrize(
    "query",
    [
        "{ deals { nodes { number } } }",
        "{ pipelines { name } }",
        "{ contacts { nodes { phones } } }",
        "{ slots { person { name } } }",
        "{ batches { moved } }",
    ],
)
def test_no_client_and_no_executor_learns_of_deals(
    companies: tuple[Sales, list[str]], query: str
) -> None:
    company = companies[0].company
    if not company.executor_key:
        company.shows_orders()
    for asking in (partial(company.client, CAROL), partial(company.executor, EVE)):
        with pytest.raises(GraphQLRefused) as refused:
            asking(query)
        assert refused.value.code == "NotAllowed"


@pytest.mark.proves("S3-16")
@pytest.mark.parametrize(
    "path",
    [
        "deals(first: 9) { nodes { id } }",
        'deals(filter: {text: "secret"}) { nodes { id } }',
        'deals(filter: {phone: "9165550001"}) { nodes { id } }',
        "deals(filter: {personId: $boris}) { nodes { id } }",
        "deal(id: $id) { id }",
        "deal(number: $number) { id }",
        "deal(id: $own) { links { id } origin { id } history(first: 9) { nodes { deal { id } } } }",
        "batches { skipped { deal { id } } }",
        "board(pipelineId: $pipeline, mine: false) { stage { id } count }",
    ],
)
def test_a_colleagues_deal_is_found_by_no_path(
    companies: tuple[Sales, list[str]], path: str
) -> None:
    sales, _ = companies
    secret = sales.manage(
        BORIS,
        "createDeal",
        "dealId number position",
        pipelineId=sales.pipeline,
        title="Secret",
        contact={"name": "Secret", "phones": ["+79165550001"]},
    )
    told = {
        "id": secret["dealId"],
        "own": sales.deal(ANNA),
        "number": secret["number"],
        "boris": sales.company.boris,
        "pipeline": sales.pipeline,
    }
    at = sales.company.service.head()
    sales.company.manager(ANNA, "query($at: BigInt) { me(minPosition: $at) { __typename } }", at=at)
    kinds = {"id": "ID!", "own": "ID!", "number": "Int", "boris": "ID", "pipeline": "ID!"}
    used = {name: kind for name, kind in kinds.items() if f"${name}" in path}
    named = ", ".join(f"${name}: {kind}" for name, kind in used.items())
    query = f"query({named}) {{ {path} }}" if used else f"{{ {path} }}"
    variables = {name: told[name] for name in used}
    seen = sales.company.manager(ANNA, query, **variables)
    assert secret["dealId"] not in str(seen)
    if "board" in seen:
        counts = sum(column["count"] for column in seen["board"])
        assert counts == len(sales.listed(ANNA)) < len(sales.listed())
