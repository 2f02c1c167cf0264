-- How far each policy has reacted, and what it has set for later.

CREATE TABLE policy (
  name     text PRIMARY KEY,
  position bigint NOT NULL DEFAULT 0)
  WITH (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);

CREATE TABLE timer (
  workspace_id uuid NOT NULL,
  command_id   text NOT NULL,
  due_at       timestamptz NOT NULL,
  command      text NOT NULL,                     -- the command's class
  content      jsonb NOT NULL,                    -- its fields
  done_at      timestamptz,
  failure      text,                              -- why it could not be carried out so far
  PRIMARY KEY (workspace_id, command_id));
CREATE INDEX timer_due ON timer (due_at) WHERE done_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON policy TO ledgerdesk_projector;
GRANT SELECT, INSERT ON timer TO ledgerdesk_projector;
GRANT SELECT, UPDATE (due_at, done_at, failure) ON timer TO ledgerdesk_desk;
