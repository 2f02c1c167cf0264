-- API keys (only their hashes) and the secrets of connected bots (sealed outside the database).

CREATE TABLE api_key (
  kid          text PRIMARY KEY,
  secret_hash  bytea NOT NULL CHECK (length(secret_hash) = 32),      -- SHA-256
  kind         text NOT NULL CHECK (kind IN ('operator', 'admin', 'bot')),
  workspace_id uuid,
  bot_id       bigint,
  role         text CHECK (role IN ('client', 'manager')),
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  revoked_at   timestamptz,
  CHECK ((kind = 'operator') = (workspace_id IS NULL)),
  CHECK ((kind = 'bot') = (bot_id IS NOT NULL) AND (kind = 'bot') = (role IS NOT NULL)));
CREATE INDEX api_key_of_bot ON api_key (bot_id) WHERE bot_id IS NOT NULL;

CREATE TABLE bot (
  bot_id       bigint PRIMARY KEY,                     -- a Telegram bot works for one company only
  workspace_id uuid NOT NULL,
  role         text NOT NULL CHECK (role IN ('client', 'manager')),
  username     text NOT NULL,
  token        bytea NOT NULL,                         -- sealed
  hook_id      text NOT NULL UNIQUE,                   -- the last part of the webhook's address
  hook_secret  bytea NOT NULL,                         -- sealed
  service_key  bytea NOT NULL,                         -- sealed
  connected    boolean NOT NULL DEFAULT false,         -- false: only reserved, by a command under way
  failure      text,                                   -- why Telegram refuses the token
  changed_at   timestamptz NOT NULL DEFAULT clock_timestamp());

CREATE FUNCTION tell_of_bot() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM pg_notify('bot', '');
  RETURN NULL;
END $$;
CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON bot
  FOR EACH STATEMENT EXECUTE FUNCTION tell_of_bot();

GRANT SELECT, INSERT ON api_key TO ledgerdesk_desk;
GRANT UPDATE (revoked_at) ON api_key TO ledgerdesk_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON bot TO ledgerdesk_desk;
GRANT SELECT, UPDATE (failure, changed_at) ON bot TO ledgerdesk_gateway;
