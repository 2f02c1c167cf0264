-- The executors' bot: a third bot of a company, which a desk may do without.

ALTER TABLE api_key DROP CONSTRAINT api_key_role_check;
ALTER TABLE api_key ADD CONSTRAINT api_key_role_check
  CHECK (role IN ('client', 'manager', 'executor', 'settings'));

ALTER TABLE bot DROP CONSTRAINT bot_role_check;
ALTER TABLE bot ADD CONSTRAINT bot_role_check
  CHECK (role IN ('client', 'manager', 'executor', 'settings'));
