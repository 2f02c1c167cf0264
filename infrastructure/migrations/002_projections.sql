-- Bookmarks of read models, what is parked before them, and which build of each is served.
--
-- A build is a schema with the tables of one version of a read model: `ledgerdesk migrate` makes
-- the first one, `ledgerdesk rebuild` the next. Readers see the views in the schema `read`.

CREATE SCHEMA read;
GRANT USAGE ON SCHEMA read TO ledgerdesk_desk, ledgerdesk_projector, ledgerdesk_gateway;

CREATE TABLE bookmark (
  build    text   PRIMARY KEY,                  -- the name of its schema: rm_queue_v7
  model    text   NOT NULL,
  version  bigint NOT NULL,
  position bigint NOT NULL DEFAULT 0,           -- everything up to here is in the tables or parked
  parked   bigint NOT NULL DEFAULT 0)           -- how many events are parked
  WITH (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);

CREATE TABLE parked (
  build        text   NOT NULL REFERENCES bookmark ON DELETE CASCADE,
  workspace_id uuid   NOT NULL,
  stream_id    uuid   NOT NULL,
  position     bigint NOT NULL,
  topic        text   NOT NULL,
  error        text   NOT NULL,
  parked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (build, workspace_id, stream_id, position));

CREATE TABLE serving (
  model text PRIMARY KEY,
  build text NOT NULL REFERENCES bookmark);

GRANT SELECT ON bookmark, parked, serving
  TO ledgerdesk_desk, ledgerdesk_projector, ledgerdesk_gateway;
GRANT UPDATE (position, parked) ON bookmark TO ledgerdesk_projector;
GRANT INSERT, DELETE ON parked TO ledgerdesk_projector;
