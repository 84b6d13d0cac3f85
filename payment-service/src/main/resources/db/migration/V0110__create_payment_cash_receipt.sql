-- What the tax office was asked for a payment: a cash receipt, or to take one back. Whom it is issued to is not kept.
SET LOCAL lock_timeout = '500ms';

CREATE TABLE payment_cash_receipt (
    payment_id       uuid        NOT NULL REFERENCES payment (id),
    receipt_key      text        NOT NULL CHECK (length(receipt_key) BETWEEN 1 AND 200),
    requested_at     timestamptz NOT NULL,
    transaction_type text        NOT NULL CHECK (transaction_type IN ('CONFIRM', 'CANCEL')),
    receipt_type     text        NOT NULL CHECK (length(receipt_type) BETWEEN 1 AND 20),
    amount_won       bigint      NOT NULL CHECK (amount_won >= 1),
    tax_free_won     bigint      NOT NULL CHECK (tax_free_won BETWEEN 0 AND amount_won),
    issue_number     text        CHECK (length(issue_number) BETWEEN 1 AND 30),
    receipt_url      text        CHECK (length(receipt_url) BETWEEN 1 AND 1000),
    issue_status     text        CHECK (issue_status IN ('IN_PROGRESS', 'COMPLETED', 'FAILED')),
    failure_code     text        CHECK (length(failure_code) BETWEEN 1 AND 100),
    failure_reason   text        CHECK (length(failure_reason) BETWEEN 1 AND 10),
    changed_at       timestamptz NOT NULL,
    -- All cancels of one receipt have the same key.
    PRIMARY KEY (payment_id, receipt_key, requested_at),
    CHECK ((issue_status IS NOT DISTINCT FROM 'FAILED') = (failure_code IS NOT NULL)),
    CHECK (failure_code IS NOT NULL OR failure_reason IS NULL)
);

COMMENT ON COLUMN payment_cash_receipt.receipt_type IS 'in Toss''s words: 소득공제 or 지출증빙';
COMMENT ON COLUMN payment_cash_receipt.issue_status IS 'null if Toss does not say';
COMMENT ON COLUMN payment_cash_receipt.failure_reason IS 'the tax office''s own code of a refusal';
COMMENT ON COLUMN payment_cash_receipt.changed_at IS 'since when it is known to be so';
