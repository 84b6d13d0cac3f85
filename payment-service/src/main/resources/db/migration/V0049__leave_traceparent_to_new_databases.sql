-- Undoes 0030 where a relay has worked before: the version before does not start on an outbox with this column. The outbox
-- adds it when a setting says that no copy of that version will be started any more (wonflow.outbox.traceparent-column). A
-- new database keeps it, and so does one whose publication has it already. Appends wait, so this gives up rather than wait
-- for a long reader; the next start tries again.
SET LOCAL lock_timeout = '500ms';

DO $$
BEGIN
    IF EXISTS (SELECT FROM relay_slot)
        AND NOT EXISTS (SELECT FROM pg_publication_rel JOIN pg_attribute ON attrelid = prrelid AND attnum = ANY (prattrs)
            WHERE prrelid = 'outbox'::regclass AND attname = 'traceparent')
    THEN
        ALTER TABLE outbox DROP COLUMN traceparent;
    END IF;
END
$$;
