-- What a tenant may use of a product; follows in the transaction of each change of its subscription.
CREATE TABLE entitlement (
    tenant_id       text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    product         text        NOT NULL CHECK (length(product) BETWEEN 1 AND 50),
    plan            text        NOT NULL CHECK (length(plan) BETWEEN 1 AND 100),
    plan_version    bigint      NOT NULL CHECK (plan_version >= 0),
    plan_expires_at timestamptz NOT NULL,
    seats           integer     NOT NULL CHECK (seats >= 0),
    limits          jsonb       NOT NULL DEFAULT '{}',
    access          text        NOT NULL
        CHECK (access IN ('FULL', 'GRACE', 'RESTRICTED', 'SUSPENDED', 'PAUSED', 'NONE')),
    changed_at      timestamptz NOT NULL,
    version         bigint      NOT NULL CHECK (version >= 1),
    PRIMARY KEY (tenant_id, product)
);

-- What a tenant is told by mail, once for each reason.
CREATE TABLE notice (
    id           uuid        PRIMARY KEY,
    key          text        NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 200),
    tenant_id    text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    kind         text        NOT NULL CHECK (length(kind) BETWEEN 1 AND 50),
    data         jsonb       NOT NULL CHECK (octet_length(data::text) <= 16384),
    requested_at timestamptz NOT NULL
);

CREATE INDEX notice_tenant_id ON notice (tenant_id, requested_at DESC);

COMMENT ON COLUMN notice.key IS 'kind and what it is about; a second notice of one key is not sent';

-- Where a tenant's mail goes.
CREATE TABLE tenant_contact (
    tenant_id  text        PRIMARY KEY CHECK (length(tenant_id) BETWEEN 1 AND 100),
    email      text        NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    locale     text        NOT NULL CHECK (locale IN ('ko', 'en')),
    changed_at timestamptz NOT NULL
);
