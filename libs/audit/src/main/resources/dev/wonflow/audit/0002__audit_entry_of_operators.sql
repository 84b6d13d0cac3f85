-- What an operator did, who is of no tenant.
ALTER TABLE audit_entry ALTER COLUMN tenant_id DROP NOT NULL;

COMMENT ON COLUMN audit_entry.tenant_id IS 'null if an operator did it';
