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
