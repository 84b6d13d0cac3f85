-- For payments that stand still for longer than they should. The indexes are small: payments leave them as they end. On a
-- large table make them before the upgrade, with CREATE INDEX CONCURRENTLY; this then finds them there.
SET LOCAL lock_timeout = '500ms';

CREATE INDEX IF NOT EXISTS payment_unconfirmed ON payment (changed_at, id) WHERE status IN ('REQUESTED', 'FAILED');
CREATE INDEX IF NOT EXISTS payment_awaiting_deposit ON payment (changed_at) WHERE status = 'WAITING_FOR_DEPOSIT';

-- One row: up to where the payments that nobody has confirmed have been asked about.
CREATE TABLE sweep_place (
    one        boolean     NOT NULL PRIMARY KEY DEFAULT true CHECK (one),
    since      timestamptz NOT NULL,
    payment_id uuid        NOT NULL
);

COMMENT ON TABLE sweep_place IS 'place in the order of payment.changed_at and id; it never goes back';

INSERT INTO sweep_place (since, payment_id) VALUES ('1970-01-01 00:00:00+00', '00000000-0000-0000-0000-000000000000');
