-- For the history of a tenant, newest first, page by page.
CREATE INDEX payment_history ON payment (tenant_id, requested_at, id);
