-- Writers wait behind this lock; it gives up rather than wait for a long one, and the next start tries again.
SET LOCAL lock_timeout = '500ms';

-- What an operator did, who is of no tenant.
ALTER TABLE audit_entry ALTER COLUMN tenant_id DROP NOT NULL;

COMMENT ON COLUMN audit_entry.tenant_id IS 'null if an operator did it';
