"""What the read model of executors answers; and batches, of one company and of all."""

from datetime import timedelta
from uuid import UUID, uuid4

from domain.batches import Batch
from domain.executors import Executor
from projections.batches import BatchRow, RunningBatch
from projections.executor_rows import ExecutorRow
from tests.projections.conftest import World
from tests.projections.facts import NOON, Fact, fact

OLEG, VERA, ANNA = uuid4(), uuid4(), uuid4()


def registered(executor: UUID, minute: float, telegram_id: int, name: str) -> Fact:
    told = {"telegram_id": telegram_id, "name": name, "username": None, "language": "ru"}
    return fact(Executor.Registered, executor, minute, **told)


async def test_executors_are_told_with_their_orders_and_how_they_fared(questions: World) -> None:
    acme, other, first, second = (uuid4() for _ in range(4))
    for workspace in (acme, other):
        await questions.book.record(
            workspace, registered(OLEG, 0, 900, "Oleg"), registered(VERA, 1, 901, "Vera")
        )
    await questions.book.record(
        acme,
        fact(Executor.Renamed, OLEG, name="Олег Юрьев", username="oleg"),
        fact(Executor.Started, OLEG),
        fact(Executor.PhoneShared, OLEG, phone="+79051112233"),
        fact(Executor.LanguageChosen, OLEG, language="en"),
        fact(Executor.SkillsSet, OLEG, skills=["плитка"], by=ANNA),
        fact(Executor.AdmissionSet, OLEG, admission="barred", reason="rude", by=ANNA),
        fact(Executor.PersonLinked, OLEG, person_id=ANNA, by=ANNA),
        fact(Executor.ContactSeen, OLEG, offer_id=first),
        fact(Executor.OfferTaken, OLEG, offer_id=first),
        fact(Executor.OfferTaken, OLEG, offer_id=second),
        fact(Executor.OfferLeft, OLEG, offer_id=first, reason="given_back"),
        fact(Executor.Started, VERA),
        fact(Executor.BecameUnreachable, VERA, reason="blocked"),
    )
    await questions.know("executors")
    executors = questions.models.executors
    oleg = ExecutorRow(
        executor_id=OLEG,
        telegram_id=900,
        name="Олег Юрьев",
        username="oleg",
        phone="+79051112233",
        language="en",
        skills=["плитка"],
        admission="barred",
        admission_reason="rude",
        person_id=ANNA,
        reachable=True,
        orders=[second],
        won=2,
        gave_back=1,
        phones_seen=1,
        registered_at=NOON,
    )
    vera, same = (await executors.page(acme)).rows
    assert (same, vera.name, vera.reachable, vera.orders) == (oleg, "Vera", False, [])
    assert await executors.by_telegram(acme, 900) == await executors.one(acme, OLEG) == oleg
    assert (await executors.page(acme, admission="barred")).rows == [oleg]
    assert (await executors.page(acme, after=vera.cursor)).rows == [oleg]
    for search in ("юрьев", "oleg", "плит", "7905", "900"):
        assert (await executors.page(acme, search=search)).rows == [oleg], search
    assert (await executors.page(other, search="юрьев")).rows == []
    theirs = await executors.one(other, OLEG)
    assert theirs is not None
    assert (theirs.name, theirs.won, theirs.admission) == ("Oleg", 0, "neutral")


async def test_batches_tell_how_far_they_are_and_which_deals_they_left(questions: World) -> None:
    acme, other, batch, done, deal, freed = (uuid4() for _ in range(6))
    told = {"pipeline_id": deal, "from_id": freed, "to_id": ANNA, "rate": 50, "by": ANNA}
    await questions.book.record(other, fact(Batch.Planned, batch, **told))
    await questions.book.record(
        acme,
        fact(Batch.Planned, batch, **told),
        fact(Batch.ItemsSettled, batch, 1, moved=40, skipped={str(deal): "X", str(freed): "Y"}),
        fact(Batch.ItemsSettled, batch, 2, moved=2, skipped={str(freed): ""}),
        fact(Batch.Paused, batch, 3, by=ANNA),
        fact(Batch.Planned, done, 4, **told),
        fact(Batch.Completed, done, 5),
    )
    await questions.know("batches")
    batches = questions.models.batches
    paused = BatchRow(
        batch_id=batch,
        pipeline_id=deal,
        from_id=freed,
        to_id=ANNA,
        rate=50,
        by=ANNA,
        state="paused",
        moved=42,
        skipped={deal: "X"},
        planned_at=NOON,
        changed_at=NOON + timedelta(minutes=3),
        completed_at=None,
    )
    completed, same = await batches.of_workspace(acme)
    assert same == await batches.one(acme, batch) == paused
    assert (completed.state, completed.completed_at) == ("completed", NOON + timedelta(minutes=5))
    running = await batches.running()
    assert RunningBatch(other, batch) in running
    assert RunningBatch(acme, batch) not in running
    await questions.book.record(acme, fact(Batch.Resumed, batch, 6, by=ANNA))
    await questions.know("batches")
    assert RunningBatch(acme, batch) in await batches.running()
