-- Money that Toss took for an order and that does not count for it: taken under another paymentKey, or of another amount.
SET LOCAL lock_timeout = '500ms';

CREATE TABLE stray_capture (
    id              uuid        NOT NULL PRIMARY KEY,
    payment_id      uuid        NOT NULL REFERENCES payment (id),
    order_id        text        NOT NULL CHECK (length(order_id) BETWEEN 6 AND 64),
    tenant_id       text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    payment_key     text        NOT NULL UNIQUE CHECK (length(payment_key) BETWEEN 1 AND 200),
    reason          text        NOT NULL CHECK (reason IN ('SECOND_CAPTURE', 'AMOUNT_DIFFERS')),
    status          text        NOT NULL CHECK (status IN ('FOUND', 'UNKNOWN', 'LEFT', 'REFUNDED', 'COUNTED', 'NOT_HELD')),
    amount_won      bigint      NOT NULL CHECK (amount_won >= 1),
    calls           integer     NOT NULL DEFAULT 0 CHECK (calls >= 0),
    refundable_won  bigint      CHECK (refundable_won >= 1),
    answered        boolean     NOT NULL DEFAULT false,
    called_at       timestamptz,
    looks           integer     NOT NULL DEFAULT 0 CHECK (looks >= 0),
    vague_answers   integer     NOT NULL DEFAULT 0 CHECK (vague_answers >= 0),
    faults          integer     NOT NULL DEFAULT 0 CHECK (faults >= 0),
    origin          text        CHECK (origin IN ('AUTOMATIC', 'EXTERNAL')),
    transaction_key text        CHECK (length(transaction_key) BETWEEN 1 AND 200),
    code            text        CHECK (length(code) BETWEEN 1 AND 100),
    found_at        timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL CHECK (changed_at >= found_at),
    -- Who asks Toss has said from which sum, and what went back says by whose doing.
    CHECK ((calls = 0) = (refundable_won IS NULL) AND (calls = 0) = (called_at IS NULL)),
    CHECK (status <> 'UNKNOWN' OR calls >= 1),
    CHECK ((status = 'REFUNDED') = (origin IS NOT NULL)),
    CHECK (origin IS DISTINCT FROM 'AUTOMATIC' OR transaction_key IS NOT NULL),
    CHECK ((status = 'LEFT') = (code IS NOT NULL))
);

COMMENT ON COLUMN stray_capture.payment_key IS 'of one paymentKey there is one row, however many find it';
COMMENT ON COLUMN stray_capture.status IS 'FOUND: Toss has not been asked to give it back; UNKNOWN: asked, and not known to have done it; LEFT: to a person; COUNTED: it is the payment''s after all; NOT_HELD: Toss holds none';
COMMENT ON COLUMN stray_capture.amount_won IS 'what Toss held when it was found';
COMMENT ON COLUMN stray_capture.calls IS 'number of the last call; part of its idempotency key at Toss';
COMMENT ON COLUMN stray_capture.refundable_won IS 'what Toss was told it holds before the call, all of which is to go back';
COMMENT ON COLUMN stray_capture.answered IS 'Toss would repeat its answer to the last call, so that the next needs a key of its own';
COMMENT ON COLUMN stray_capture.transaction_key IS 'Toss''s name of the cancel by which it went back';
COMMENT ON COLUMN stray_capture.code IS 'why it is left to a person';

CREATE INDEX stray_capture_of_payment ON stray_capture (payment_id, found_at);
CREATE INDEX stray_capture_open ON stray_capture (found_at) WHERE status IN ('FOUND', 'UNKNOWN', 'LEFT');
