-- What becomes of the rest of a period when a tenant ends its subscription at once: of all plans so far, it is lost. Readers
-- wait behind the lock, so this gives up rather than wait for a long one, and the next start tries again.
SET LOCAL lock_timeout = '500ms';

ALTER TABLE plan_version
    ADD COLUMN unused_time text NOT NULL DEFAULT 'LOST' CHECK (unused_time IN ('LOST', 'CREDITED'));

COMMENT ON COLUMN plan_version.unused_time IS 'what becomes of the rest of a period when a tenant ends it at once';
