CREATE TABLE subscription (
    id              uuid        PRIMARY KEY,
    tenant_id       text        NOT NULL UNIQUE CHECK (length(tenant_id) BETWEEN 1 AND 100),
    plan            text        NOT NULL CHECK (length(plan) BETWEEN 1 AND 100),
    status          text        NOT NULL CHECK (status IN ('ACTIVE', 'EXPIRED')),
    billing_day     integer     NOT NULL CHECK (billing_day BETWEEN 1 AND 31),
    activated_at    timestamptz NOT NULL,
    plan_expires_at timestamptz NOT NULL CHECK (plan_expires_at > activated_at),
    livemode        boolean     NOT NULL,
    last_order_id   text        NOT NULL CHECK (length(last_order_id) BETWEEN 1 AND 100),
    last_payment_id text        NOT NULL CHECK (length(last_payment_id) BETWEEN 1 AND 100),
    version         bigint      NOT NULL
);

COMMENT ON COLUMN subscription.status IS 'what was last announced; from plan_expires_at on it counts as EXPIRED';
COMMENT ON COLUMN subscription.billing_day IS 'day of the month in Seoul; months too short for it end earlier';
COMMENT ON COLUMN subscription.activated_at IS 'since when the present plan runs without a gap';
COMMENT ON COLUMN subscription.livemode IS 'whether real money paid for the last purchase';
