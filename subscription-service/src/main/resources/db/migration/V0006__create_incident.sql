-- Money and plan do not match; a person has to look.
CREATE TABLE incident (
    payment_id  text        NOT NULL CHECK (length(payment_id) BETWEEN 1 AND 100),
    kind        text        NOT NULL CHECK (kind IN ('UNKNOWN_PLAN', 'UNDERPAID', 'OVERTAKEN', 'MONEY_WENT_BACK')),
    order_id    text        NOT NULL CHECK (length(order_id) BETWEEN 1 AND 100),
    tenant_id   text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    plan        text        CHECK (length(plan) BETWEEN 1 AND 100),
    detail      text        NOT NULL CHECK (length(detail) BETWEEN 1 AND 10000),
    occurred_at timestamptz NOT NULL,
    PRIMARY KEY (payment_id, kind)
);

COMMENT ON COLUMN incident.plan IS 'plan the payment was for; null when money went back';
