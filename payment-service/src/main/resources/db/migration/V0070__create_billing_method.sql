-- What a tenant is called towards Toss. Whoever knows it and a billing key can charge.
CREATE TABLE billing_customer (
    tenant_id    text        NOT NULL PRIMARY KEY CHECK (length(tenant_id) BETWEEN 1 AND 100),
    customer_key text        NOT NULL UNIQUE CHECK (length(customer_key) BETWEEN 2 AND 300),
    named_at     timestamptz NOT NULL
);

-- Cards and accounts that may be charged without a window.
CREATE TABLE billing_method (
    id            uuid        NOT NULL PRIMARY KEY,
    tenant_id     text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    customer_key  text        NOT NULL CHECK (length(customer_key) BETWEEN 2 AND 300),
    status        text        NOT NULL CHECK (status IN ('ACTIVE', 'REMOVING', 'REMOVED')),
    print         text        NOT NULL UNIQUE CHECK (print ~ '^[0-9a-f]{64}$'),
    sealed_key    bytea       CHECK (octet_length(sealed_key) <= 1000),
    sealed_under  integer,
    method        text        NOT NULL CHECK (length(method) BETWEEN 1 AND 50),
    issuer        text        CHECK (length(issuer) BETWEEN 1 AND 50),
    number        text        CHECK (length(number) BETWEEN 1 AND 50),
    card_kind     text        CHECK (length(card_kind) BETWEEN 1 AND 50),
    livemode      boolean     NOT NULL,
    registered_at timestamptz NOT NULL,
    changed_at    timestamptz NOT NULL,
    CHECK ((sealed_key IS NULL) = (sealed_under IS NULL)),
    -- A key is kept for as long as it can charge or has to be forgotten, and not longer.
    CHECK ((status = 'REMOVED') = (sealed_key IS NULL))
);

COMMENT ON COLUMN billing_method.print IS 'hash of the billing key, by which a webhook that names it is recognised';
COMMENT ON COLUMN billing_method.sealed_key IS 'the billing key, sealed for this tenant and this method';
COMMENT ON COLUMN billing_method.sealed_under IS 'number of the key of the keyset it is sealed under';
COMMENT ON COLUMN billing_method.number IS 'masked by Toss';

CREATE INDEX billing_method_of_tenant ON billing_method (tenant_id, registered_at) WHERE status <> 'REMOVED';
CREATE INDEX billing_method_seal ON billing_method (sealed_under) WHERE sealed_under IS NOT NULL;
