-- Cards and accounts that payment-service may charge for a tenant.
CREATE TABLE billing_method (
    id            uuid        PRIMARY KEY,
    tenant_id     text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    registered_at timestamptz,
    removed_at    timestamptz,
    CHECK (registered_at IS NOT NULL OR removed_at IS NOT NULL)
);

CREATE INDEX billing_method_tenant_id ON billing_method (tenant_id) WHERE removed_at IS NULL;

COMMENT ON COLUMN billing_method.registered_at IS 'null: we heard of its removal only';
