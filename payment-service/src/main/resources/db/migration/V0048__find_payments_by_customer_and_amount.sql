-- For the history of a tenant by customer and by amount, newest first, page by page. Neither column changes, so no step of a
-- payment writes to these. On a large table make them before the upgrade, with CREATE INDEX CONCURRENTLY.
SET LOCAL lock_timeout = '500ms';

CREATE INDEX IF NOT EXISTS payment_history_customer ON payment (tenant_id, customer_key, requested_at, id)
    WHERE customer_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS payment_history_amount ON payment (tenant_id, amount_won, requested_at, id);
