-- For the history of a tenant, newest first, page by page. Confirms wait while it is built. On a large table make it before
-- the upgrade, with CREATE INDEX CONCURRENTLY; this then finds it there.
SET LOCAL lock_timeout = '500ms';

CREATE INDEX IF NOT EXISTS payment_history ON payment (tenant_id, requested_at, id);
