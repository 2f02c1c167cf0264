-- The settings bot: one for the whole installation. Its row and its keys name the workspace nil.

ALTER TABLE api_key DROP CONSTRAINT api_key_role_check;
ALTER TABLE api_key ADD CONSTRAINT api_key_role_check
  CHECK (role IN ('client', 'manager', 'settings'));

ALTER TABLE bot DROP CONSTRAINT bot_role_check;
ALTER TABLE bot ADD CONSTRAINT bot_role_check CHECK (role IN ('client', 'manager', 'settings'));
ALTER TABLE bot ADD CONSTRAINT bot_of_nobody
  CHECK ((role = 'settings') = (workspace_id = '00000000-0000-0000-0000-000000000000'));
CREATE UNIQUE INDEX bot_settings ON bot (role) WHERE role = 'settings';

-- What the bot's commands and descriptions were when they were set last: a digest.
ALTER TABLE bot ADD COLUMN profile text;
GRANT UPDATE (profile) ON bot TO ledgerdesk_gateway;
