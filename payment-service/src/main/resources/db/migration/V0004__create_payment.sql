-- The money side of an order; one per order.
CREATE TABLE payment (
    id                   uuid        NOT NULL PRIMARY KEY,
    order_id             text        NOT NULL UNIQUE CHECK (length(order_id) BETWEEN 6 AND 64),
    tenant_id            text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    order_name           text        NOT NULL CHECK (length(order_name) BETWEEN 1 AND 100),
    amount_won           bigint      NOT NULL CHECK (amount_won >= 100),
    plan                 text        CHECK (length(plan) BETWEEN 1 AND 100),
    customer_key         text        CHECK (length(customer_key) BETWEEN 2 AND 300),
    livemode             boolean     NOT NULL,
    status               text        NOT NULL CHECK (status IN ('REQUESTED', 'CONFIRMING', 'UNKNOWN',
        'WAITING_FOR_DEPOSIT', 'PAID', 'FAILED', 'CANCELED', 'PARTIALLY_REFUNDED', 'REFUNDED')),
    payment_key          text        UNIQUE CHECK (length(payment_key) BETWEEN 1 AND 200),
    method               text        CHECK (length(method) BETWEEN 1 AND 100),
    balance_won          bigint      CHECK (balance_won BETWEEN 0 AND amount_won),
    approved_at          timestamptz,
    due_at               timestamptz,
    secret               text        CHECK (length(secret) BETWEEN 1 AND 200),
    last_transaction_key text        CHECK (length(last_transaction_key) BETWEEN 1 AND 200),
    failure_code         text        CHECK (length(failure_code) BETWEEN 1 AND 100),
    failure_message      text        CHECK (length(failure_message) <= 510),
    requested_at         timestamptz NOT NULL,
    changed_at           timestamptz NOT NULL,
    version              bigint      NOT NULL CHECK (version >= 1),
    -- The try under way has a key, and money that came in has a key and a balance.
    CHECK (status NOT IN ('CONFIRMING', 'UNKNOWN', 'WAITING_FOR_DEPOSIT', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')
        OR payment_key IS NOT NULL),
    CHECK (status NOT IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')
        OR (balance_won IS NOT NULL AND approved_at IS NOT NULL))
);

COMMENT ON COLUMN payment.payment_key IS 'the try that counts: under way, or the last one';
COMMENT ON COLUMN payment.balance_won IS 'what can still be refunded';
COMMENT ON COLUMN payment.secret IS 'Toss puts it into its webhooks about this payment';
COMMENT ON COLUMN payment.changed_at IS 'since when the payment has its status';
COMMENT ON COLUMN payment.version IS 'number of stored states, and sequence of the payment''s events';

-- What the gauges of undecided payments read.
CREATE INDEX payment_undecided ON payment (changed_at) WHERE status IN ('CONFIRMING', 'UNKNOWN');
