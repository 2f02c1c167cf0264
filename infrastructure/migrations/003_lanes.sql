-- Two queues with lanes: updates that came in, letters that go out. A lane is one chat of one bot.
--
-- `has_work`, `not_before` and `holder` are three things: new work must not cancel a rest, and a
-- rest is not a lease. A holder is a worker's number; the worker keeps the advisory lock
-- (4712, number) for as long as its session lives.

CREATE SEQUENCE lane_worker AS integer CYCLE;

CREATE TABLE inbox_lane (
  bot_id      bigint NOT NULL,
  chat_id     bigint NOT NULL,
  has_work    boolean NOT NULL,
  not_before  timestamptz NOT NULL DEFAULT '-infinity',
  holder      integer,
  lease_until timestamptz NOT NULL DEFAULT '-infinity',
  PRIMARY KEY (bot_id, chat_id)) WITH (fillfactor = 50);
CREATE INDEX inbox_lane_work ON inbox_lane (bot_id, not_before) WHERE has_work;
CREATE INDEX inbox_lane_held ON inbox_lane (holder) WHERE holder IS NOT NULL;

CREATE TABLE inbox (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bot_id     bigint NOT NULL,
  chat_id    bigint NOT NULL,
  update_id  bigint NOT NULL,
  body       bytea NOT NULL,                       -- as it came: it may be no update at all
  attempts   integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  tried_at   timestamptz,                          -- somebody began, and has not said how it ended
  settled_at timestamptz,
  outcome    text CHECK (outcome IN ('done', 'failed')),
  last_error text,
  UNIQUE (bot_id, update_id)) WITH (fillfactor = 80);
CREATE INDEX inbox_open ON inbox (bot_id, chat_id, id) WHERE settled_at IS NULL;
CREATE INDEX inbox_failed ON inbox (id) WHERE outcome = 'failed';
CREATE INDEX inbox_settled ON inbox (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE outbox_lane (LIKE inbox_lane INCLUDING ALL);
ALTER INDEX outbox_lane_bot_id_not_before_idx RENAME TO outbox_lane_work;
ALTER INDEX outbox_lane_holder_idx RENAME TO outbox_lane_held;

CREATE TABLE outbox (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bot_id       bigint NOT NULL,
  chat_id      bigint NOT NULL,
  workspace_id uuid NOT NULL,
  method       text NOT NULL,
  params       jsonb NOT NULL,
  key          text NOT NULL UNIQUE,
  latest       text,
  report       jsonb,
  message_id   bigint,                             -- sent, and not yet reported
  attempts     integer NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL DEFAULT now(),
  tried_at     timestamptz,                        -- it may be out already
  settled_at   timestamptz,
  outcome      text CHECK (outcome IN ('sent', 'replaced', 'skipped', 'dead')),
  last_error   text) WITH (fillfactor = 80);
CREATE INDEX outbox_open ON outbox (bot_id, chat_id, id) WHERE settled_at IS NULL;
CREATE INDEX outbox_dead ON outbox (id) WHERE outcome = 'dead';
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;

GRANT USAGE ON SEQUENCE lane_worker TO ledgerdesk_gateway;
GRANT SELECT, INSERT, UPDATE, DELETE ON inbox, inbox_lane, outbox, outbox_lane
  TO ledgerdesk_gateway;

-- A webhook of the API keeps an update.
GRANT SELECT (bot_id, update_id), INSERT ON inbox TO ledgerdesk_desk;
GRANT SELECT, INSERT, UPDATE (has_work) ON inbox_lane TO ledgerdesk_desk;

-- The runner of policies writes letters in the transaction of its bookmark.
GRANT SELECT, INSERT, UPDATE (settled_at, outcome) ON outbox TO ledgerdesk_projector;
GRANT SELECT, INSERT, UPDATE (has_work) ON outbox_lane TO ledgerdesk_projector;
