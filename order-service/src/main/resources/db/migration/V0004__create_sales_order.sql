-- An order of goods or of a plan. "order" is a reserved word.
CREATE TABLE sales_order (
    id            text        PRIMARY KEY CHECK (length(id) BETWEEN 6 AND 64),
    tenant_id     text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    request_id    text        UNIQUE CHECK (length(request_id) BETWEEN 1 AND 300),
    name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    amount_won    bigint      NOT NULL CHECK (amount_won >= 0),
    plan          text        CHECK (length(plan) BETWEEN 1 AND 100),
    customer_id   text        CHECK (length(customer_id) BETWEEN 1 AND 100),
    status        text        NOT NULL CHECK (status IN ('PENDING', 'CONFIRMED', 'ON_HOLD', 'SHIPPED', 'CANCELLED')),
    checking      uuid,
    paid_by       uuid,
    cancel_reason text        CHECK (cancel_reason IN ('BUYER_CANCELED', 'EXPIRED', 'REFUNDED', 'REQUESTED')),
    placed_at     timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    version       bigint      NOT NULL CHECK (version > 0),
    CHECK ((status = 'CANCELLED') = (cancel_reason IS NOT NULL)),
    CHECK (status NOT IN ('CONFIRMED', 'ON_HOLD', 'SHIPPED') OR paid_by IS NOT NULL),
    CHECK (checking IS NULL OR status = 'PENDING')
);

COMMENT ON COLUMN sales_order.request_id IS 'checkout request it answers; second guard beside the inbox';
COMMENT ON COLUMN sales_order.name IS 'as it was shown when the order was placed';
COMMENT ON COLUMN sales_order.checking IS 'payment whose outcome nobody knows yet';
COMMENT ON COLUMN sales_order.paid_by IS 'payment that confirmed the order';
COMMENT ON COLUMN sales_order.version IS 'counts the changes; ce_sequence of the events';

-- The sweep asks only for these.
CREATE INDEX sales_order_due ON sales_order (expires_at, id) WHERE status = 'PENDING' AND checking IS NULL;

CREATE TABLE sales_order_item (
    order_id       text    NOT NULL REFERENCES sales_order (id),
    position       integer NOT NULL CHECK (position BETWEEN 0 AND 99),
    sku            text    NOT NULL CHECK (length(sku) BETWEEN 1 AND 100),
    name           text    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    unit_price_won bigint  NOT NULL CHECK (unit_price_won > 0),
    quantity       integer NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_id, position)
);
