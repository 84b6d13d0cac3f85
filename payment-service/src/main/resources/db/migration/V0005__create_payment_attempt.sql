-- Every try to take the money, stored before Toss is called.
CREATE TABLE payment_attempt (
    payment_key     text        NOT NULL PRIMARY KEY CHECK (length(payment_key) BETWEEN 1 AND 200),
    payment_id      uuid        NOT NULL REFERENCES payment (id),
    order_id        text        NOT NULL CHECK (length(order_id) BETWEEN 6 AND 64),
    amount_won      bigint      NOT NULL CHECK (amount_won >= 100),
    idempotency_key text        NOT NULL UNIQUE CHECK (length(idempotency_key) BETWEEN 1 AND 300),
    started_at      timestamptz NOT NULL,
    outcome         text        CHECK (outcome IN ('UNKNOWN', 'WAITING_FOR_DEPOSIT', 'PAID', 'FAILED', 'CANCELED',
        'PARTIALLY_REFUNDED', 'REFUNDED')),
    code            text        CHECK (length(code) BETWEEN 1 AND 100),
    noted_at        timestamptz
);

COMMENT ON COLUMN payment_attempt.idempotency_key IS 'sent to Toss with every call of this try';
COMMENT ON COLUMN payment_attempt.outcome IS 'how the try stands; null while the first call is under way';
COMMENT ON COLUMN payment_attempt.code IS 'Toss''s code of a decline, or why the outcome is unknown';

CREATE INDEX payment_attempt_of_payment ON payment_attempt (payment_id);
