-- as the login user: the roles that every later migration and every service runs as.
--
-- Roles belong to the cluster, not to the database: another database of this cluster may have
-- made them already, or be making them at this moment.

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'ledgerdesk_owner',      -- owns the schema ledger and all in it; nobody serves as it
    'ledgerdesk_desk',       -- reads, and appends through the append function alone
    'ledgerdesk_projector',  -- reads the log, writes read models, bookmarks and the outbox
    'ledgerdesk_gateway'     -- inbox and outbox
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
    BEGIN
      EXECUTE format('GRANT %I TO CURRENT_USER', name);
    EXCEPTION WHEN insufficient_privilege THEN
      IF NOT pg_has_role(name, 'MEMBER') THEN
        RAISE;
      END IF;
    END;
  END LOOP;

  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO ledgerdesk_owner', current_database());
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public
  TO ledgerdesk_owner, ledgerdesk_desk, ledgerdesk_projector, ledgerdesk_gateway;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;

CREATE SCHEMA ledger AUTHORIZATION ledgerdesk_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE ledgerdesk_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SET LOCAL ROLE ledgerdesk_owner;
GRANT USAGE ON SCHEMA ledger TO ledgerdesk_desk, ledgerdesk_projector, ledgerdesk_gateway;

CREATE TABLE ledger.migration (
  name       text PRIMARY KEY,
  checksum   text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT ON ledger.migration TO ledgerdesk_desk, ledgerdesk_projector, ledgerdesk_gateway;
