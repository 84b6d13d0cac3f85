-- How far Toss has come with sending deposits back to their buyers.
SET LOCAL lock_timeout = '500ms';

ALTER TABLE virtual_account
    ADD COLUMN refund_status    text        NOT NULL DEFAULT 'NONE'
        CHECK (refund_status IN ('NONE', 'PENDING', 'FAILED', 'PARTIAL_FAILED', 'COMPLETED')),
    ADD COLUMN refund_status_at timestamptz NOT NULL DEFAULT now();

COMMENT ON COLUMN virtual_account.refund_status IS 'Toss''s word for how far the money of a refund has come to the buyer';
COMMENT ON COLUMN virtual_account.refund_status_at IS 'since when, as far as we have seen';
