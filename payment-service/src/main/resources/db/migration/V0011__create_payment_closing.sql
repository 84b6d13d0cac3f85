-- Every intent to close a virtual account that must take no deposit any more, stored before Toss is called.
CREATE TABLE payment_closing (
    payment_key     text        NOT NULL CHECK (length(payment_key) BETWEEN 1 AND 200),
    number          integer     NOT NULL CHECK (number >= 1),
    payment_id      uuid        NOT NULL REFERENCES payment (id),
    idempotency_key text        NOT NULL UNIQUE CHECK (length(idempotency_key) BETWEEN 1 AND 300),
    started_at      timestamptz NOT NULL,
    answer          text        CHECK (length(answer) BETWEEN 1 AND 100),
    answered_at     timestamptz,
    PRIMARY KEY (payment_key, number)
);

COMMENT ON COLUMN payment_closing.number IS 'Toss replays the answer of a key, so a refused closing is repeated under the next';
COMMENT ON COLUMN payment_closing.answer IS 'state or code Toss answered with; null while it has not answered';
