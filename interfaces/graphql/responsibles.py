"""Responsibles: who answers for a deal, its executor or who sits in its slot."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

import strawberry

from interfaces.graphql.context import Context
from interfaces.graphql.scalars import BigInt
from projections.deal_rows import DealRow


class ResponsibleRow(NamedTuple):
    """Who answers for a deal."""

    name: str
    username: str | None
    is_executor: bool


class ExecutorRow(NamedTuple):
    """What a deal learned of its executor."""

    id: UUID
    name: str | None
    username: str | None
    phone: str | None
    telegram_id: int | None


@strawberry.type
class Responsible:
    """Who answers for a deal: its executor once there is one, else who sits in its slot."""

    name: str
    username: str | None
    is_executor: bool


@strawberry.type
class DealExecutor:
    """Who does the work of a deal; null is what the company does not let the deal know."""

    id: strawberry.ID
    name: str | None
    username: str | None
    phone: str | None
    telegram_id: BigInt | None


def called(told: Mapping[str, str]) -> str:
    """What an executor is called in a deal that learned this of them, by the first that it did."""
    names = (told.get(datum) for datum in ("name", "username", "phone", "telegram_id"))
    return next(filter(None, names), "")


def executor_of(row: DealRow) -> ExecutorRow | None:
    """What a deal learned of its executor, if it has one."""
    if row.executor_id is None:
        return None
    told = row.executor
    telegram_id = told.get("telegram_id")
    return ExecutorRow(
        row.executor_id,
        told.get("name"),
        told.get("username"),
        told.get("phone"),
        int(telegram_id) if telegram_id else None,
    )


async def responsible_of(context: Context, row: DealRow) -> ResponsibleRow | None:
    """Who answers for a deal, if anybody does."""
    if row.executor_id is not None:
        return ResponsibleRow(called(row.executor), row.executor.get("username"), is_executor=True)
    if row.person_id is None:
        return None
    person = await context.loaders.persons.load(row.person_id)
    return ResponsibleRow(person.name, person.username, is_executor=False) if person else None
