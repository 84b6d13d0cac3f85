-- Whoever placed an order that was called off before we knew it is told that it is over, and nobody else that there is one.
ALTER TABLE closed_order ADD COLUMN tenant_id text CHECK (length(tenant_id) BETWEEN 1 AND 100);

COMMENT ON COLUMN closed_order.tenant_id IS 'whose order it is; NULL in rows from before V0051, and where the message does not say';
