-- Two tenants may well count their requests alike.
ALTER TABLE sales_order ADD CONSTRAINT sales_order_tenant_request UNIQUE (tenant_id, request_id);
ALTER TABLE sales_order DROP CONSTRAINT sales_order_request_id_key;

COMMENT ON COLUMN sales_order.request_id IS
    'checkout request of the tenant it answers; second guard beside the inbox';
