-- Credit notes of a tenant, newest first.
CREATE INDEX credit_note_tenant_id ON credit_note (tenant_id, issued_at DESC, id DESC);
