-- Each payment that bought a month of a plan, once.
CREATE TABLE purchase (
    payment_id      text        PRIMARY KEY CHECK (length(payment_id) BETWEEN 1 AND 100),
    subscription_id uuid        NOT NULL REFERENCES subscription (id),
    order_id        text        NOT NULL CHECK (length(order_id) BETWEEN 1 AND 100),
    tenant_id       text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    plan            text        NOT NULL CHECK (length(plan) BETWEEN 1 AND 100),
    amount_won      bigint      NOT NULL CHECK (amount_won >= 0),
    approved_at     timestamptz NOT NULL,
    counted_at      timestamptz NOT NULL DEFAULT now()
);

COMMENT ON COLUMN purchase.approved_at IS 'when Toss took the money; the month counts from here';
