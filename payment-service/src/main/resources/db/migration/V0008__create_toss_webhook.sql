-- Every webhook that came, as far as it concerns a payment. The raw bytes stay on the topic; no card data, no secret here.
CREATE TABLE toss_webhook (
    id          uuid        NOT NULL PRIMARY KEY,
    received_at timestamptz NOT NULL,
    shape       text        NOT NULL CHECK (length(shape) BETWEEN 1 AND 20),
    event_type  text        CHECK (length(event_type) <= 100),
    grade       text        NOT NULL CHECK (grade IN ('SIGNED', 'SECRET_MATCHED', 'FETCHED_BACK', 'UNVERIFIED')),
    order_id    text        CHECK (length(order_id) <= 200),
    payment_key text        CHECK (length(payment_key) <= 200),
    status      text        CHECK (length(status) <= 50),
    payment_id  uuid        REFERENCES payment (id),
    outcome     text        CHECK (outcome IN ('NOT_ABOUT_A_PAYMENT', 'UNKNOWN_PAYMENT', 'ALREADY_KNOWN', 'NO_CHANGE',
        'APPLIED', 'INCIDENT')),
    handled_at  timestamptz
);

COMMENT ON COLUMN toss_webhook.order_id IS 'as claimed by the webhook, as are payment_key and status';
COMMENT ON COLUMN toss_webhook.payment_id IS 'the payment of ours it is about';
COMMENT ON COLUMN toss_webhook.outcome IS 'null until Toss has been asked';

CREATE INDEX toss_webhook_pending ON toss_webhook (payment_id) WHERE outcome IS NULL;
