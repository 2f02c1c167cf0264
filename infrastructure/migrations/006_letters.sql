-- Letters said another way, letters that become several messages, albums that come in pieces.

ALTER TABLE outbox
  ADD COLUMN otherwise jsonb,                      -- bot_id, method, params: if it is refused
  ADD COLUMN sent_by   bigint,                     -- the bot that Telegram took it from
  ADD COLUMN pieces    bigint[];                   -- the messages that it is now, to be reported
UPDATE outbox SET sent_by = bot_id, pieces = ARRAY[message_id] WHERE message_id IS NOT NULL;
ALTER TABLE outbox DROP COLUMN message_id;

ALTER TABLE inbox
  ADD COLUMN media_group text,                     -- Telegram's name of the album
  ADD COLUMN album       bigint;                   -- the first piece of those handled as one
CREATE INDEX inbox_album ON inbox (album) WHERE album IS NOT NULL;
CREATE INDEX inbox_media_group ON inbox (bot_id, chat_id, media_group)
  WHERE media_group IS NOT NULL AND settled_at IS NULL;
