-- Money that went back, is to go back, or may have: asked for here, or seen at Toss.
CREATE TABLE refund (
    id              uuid        NOT NULL PRIMARY KEY,
    payment_id      uuid        NOT NULL REFERENCES payment (id),
    payment_key     text        NOT NULL CHECK (length(payment_key) BETWEEN 1 AND 200),
    origin          text        NOT NULL CHECK (origin IN ('REQUESTED', 'AUTOMATIC', 'EXTERNAL')),
    status          text        NOT NULL CHECK (status IN ('REQUESTED', 'UNKNOWN', 'DONE', 'FAILED')),
    amount_won      bigint      NOT NULL CHECK (amount_won >= 1),
    tax_free_won    bigint      NOT NULL DEFAULT 0 CHECK (tax_free_won BETWEEN 0 AND amount_won),
    reason          text        CHECK (length(reason) BETWEEN 1 AND 200),
    request_key     text        CHECK (length(request_key) BETWEEN 1 AND 255),
    account         bytea       CHECK (octet_length(account) <= 1000),
    calls           integer     NOT NULL DEFAULT 0 CHECK (calls >= 0),
    refundable_won  bigint      CHECK (refundable_won >= amount_won),
    answered        boolean     NOT NULL DEFAULT false,
    looks           integer     NOT NULL DEFAULT 0 CHECK (looks >= 0),
    called_at       timestamptz,
    transaction_key text        CHECK (length(transaction_key) BETWEEN 1 AND 200),
    failure_code    text        CHECK (length(failure_code) BETWEEN 1 AND 100),
    failure_message text        CHECK (length(failure_message) <= 510),
    requested_at    timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    -- Who asks Toss has said from which sum, and what went back has Toss's name.
    CHECK (origin = 'EXTERNAL' OR status IN ('REQUESTED', 'FAILED') OR (calls >= 1 AND refundable_won IS NOT NULL)),
    CHECK (status <> 'DONE' OR transaction_key IS NOT NULL),
    CHECK ((status = 'FAILED') = (failure_code IS NOT NULL)),
    CHECK (origin <> 'EXTERNAL' OR status = 'DONE'),
    -- An account is needed for as long as Toss may have to be asked, and not kept longer.
    CHECK (status IN ('REQUESTED', 'UNKNOWN') OR account IS NULL)
);

COMMENT ON COLUMN refund.origin IS 'AUTOMATIC: taken for an order that was called off; EXTERNAL: cancelled elsewhere, such as in Toss''s console';
COMMENT ON COLUMN refund.status IS 'REQUESTED: Toss has not been asked; UNKNOWN: asked, and not known to have done it';
COMMENT ON COLUMN refund.request_key IS 'Idempotency-Key of the request, by which a repeat finds it';
COMMENT ON COLUMN refund.account IS 'the buyer''s account, sealed';
COMMENT ON COLUMN refund.calls IS 'number of the last call; part of its idempotency key at Toss';
COMMENT ON COLUMN refund.refundable_won IS 'what Toss was told it holds before the call, and refuses if it does not';
COMMENT ON COLUMN refund.answered IS 'Toss would repeat its answer to the last call, so that the next needs a key of its own';
COMMENT ON COLUMN refund.looks IS 'how often it was not known whether the money went back';
COMMENT ON COLUMN refund.transaction_key IS 'Toss''s name of the cancel it became, or that came to nothing';

CREATE INDEX refund_of_payment ON refund (payment_id, requested_at);
-- A cancel at Toss is one refund here.
CREATE UNIQUE INDEX refund_cancel ON refund (payment_key, transaction_key) WHERE transaction_key IS NOT NULL;
-- Of one request there is one refund, unless it came to nothing.
CREATE UNIQUE INDEX refund_request ON refund (payment_id, request_key)
    WHERE request_key IS NOT NULL AND status <> 'FAILED';
