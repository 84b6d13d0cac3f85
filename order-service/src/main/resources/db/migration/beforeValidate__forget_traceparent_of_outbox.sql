-- Migration 0030 added the outbox's column for traces, in builds that were never released. The outbox adds it itself
-- now, when no copy of the version before will be started any more; a database that has it keeps it.
DO $$
BEGIN
    IF to_regclass('flyway_schema_history') IS NOT NULL THEN
        DELETE FROM flyway_schema_history WHERE version = '0030' AND description = 'add traceparent to outbox';
    END IF;
END $$;
