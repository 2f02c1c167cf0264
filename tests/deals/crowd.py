"""Ten thousand deals in each of several companies, written straight into the read model."""

from hashlib import md5
from typing import LiteralString
from uuid import UUID

from projections.projection import Connection
from tests.projections.conftest import BUILDS

SETTLING: tuple[LiteralString, ...] = (
    """INSERT INTO {build}.deal_slots
       SELECT {ws}::uuid, md5({ws} || 'slot' || n)::uuid, md5({ws} || 'person' || n % 10)::uuid
         FROM generate_series(0, 11) n""",
    """INSERT INTO {build}.deal_contacts
       SELECT {ws}::uuid, md5({ws} || 'contact' || n)::uuid, 'Иван Фамилия' || n % 3000, '[]',
              jsonb_build_array(md5({ws} || 'deal' || n), md5({ws} || 'deal' || n % 10000 + 1))
         FROM generate_series(1, 10000) n""",
    """INSERT INTO {build}.deal_phones
       SELECT {ws}::uuid, reverse((9160000000 + n * 7919 % 9999991)::text),
              md5({ws} || 'contact' || n)::uuid
         FROM generate_series(1, 10000) n""",
    """INSERT INTO {build}.deals
              (workspace_id, deal_id, number, pipeline_id, stage_id, title, fields, slot_id,
               contacts, names, opened_at, moved_at, changed_at, words, kind, reason,
               executor_id, executor, links, failed_links, entry, deleted)
       SELECT {ws}::uuid, md5({ws} || 'deal' || n)::uuid, n, md5({ws} || 'pipeline' || n % 3)::uuid,
              md5({ws} || 'stage' || n % 24)::uuid, 'Кухня на заказ ' || n,
              jsonb_build_object('address', 'улица Ленина, дом ' || n % 200, 'city', 'Москва',
                                 'notes', repeat('замер в субботу ', 9)),
              CASE WHEN n % 13 < 12 THEN md5({ws} || 'slot' || n % 13)::uuid END,
              jsonb_build_array(md5({ws} || 'contact' || n)),
              jsonb_build_object(md5({ws} || 'contact' || n), 'Иван Фамилия' || n % 3000),
              at, at + make_interval(hours => n % 500), at,
              '_' || hex || regexp_replace(
                 concat_ws(' ', '', n, 'кухня на заказ улица ленина дом москва замер в субботу',
                           'слово' || n % 997, 'фамилия' || n % 3000,
                           (ARRAY['анна', 'борис', 'мария', 'иван'])[1 + n % 4]),
                 ' ', ' ' || left(hex, 8), 'g'),
              (ARRAY['open', 'open', 'open', 'won', 'lost'])[1 + n % 5], '',
              CASE WHEN n % 7 = 0 THEN md5({ws} || 'executor' || n % 300)::uuid END,
              '{{}}', '{{}}', '{{}}', 1, n % 50 = 0
         FROM generate_series(1, 10000) n, translate({ws}, '-', '') hex,
              LATERAL (SELECT timestamptz '2026-01-01' + n * interval '30 minutes' AS at) t""",
)


INDEXES = """SELECT indexname, indexdef FROM pg_indexes
              WHERE schemaname = %s AND tablename = 'deals' AND indexname NOT LIKE '%%pkey'"""


async def settle(owner: Connection, *workspace_ids: UUID) -> None:
    """Give each company ten thousand deals of as many contacts, twelve slots, three pipelines.

    Indexes are made afterwards, which is quicker.
    """
    build = BUILDS["deals"]
    indexes = await (await owner.execute(INDEXES, [build])).fetchall()
    for name, _ in indexes:
        await owner.execute(f"DROP INDEX {build}.{name}".encode())
    for workspace_id in workspace_ids:
        for statement in SETTLING:
            await owner.execute(statement.format(build=build, ws=f"'{workspace_id}'").encode())
    for _, definition in indexes:
        await owner.execute(definition.encode())
    await owner.execute("ANALYZE")  # as autovacuum does


def id_of(workspace_id: UUID, what: str, n: int) -> UUID:
    """The id of the n-th deal, contact, slot, person, stage, pipeline or executor of a company."""
    return UUID(md5(f"{workspace_id}{what}{n}".encode(), usedforsecurity=False).hexdigest())
