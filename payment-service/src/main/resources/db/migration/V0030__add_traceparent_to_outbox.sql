-- Where in which trace a message was caused. Appends wait while the column is added, so this gives up rather than wait
-- for a long reader; the next start tries again. The check binds new rows only, since old ones need no look.
SET LOCAL lock_timeout = '500ms';

ALTER TABLE outbox ADD COLUMN traceparent text;
ALTER TABLE outbox ADD CONSTRAINT outbox_traceparent_check CHECK (length(traceparent) = 55) NOT VALID;

COMMENT ON COLUMN outbox.traceparent IS 'W3C Trace Context, header of the same name; null outside any trace';
