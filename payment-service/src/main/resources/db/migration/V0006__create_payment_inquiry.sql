-- Payments Toss has to be asked about; one row per payment, so that however many want to know, one asks.
CREATE TABLE payment_inquiry (
    payment_id   uuid        NOT NULL PRIMARY KEY REFERENCES payment (id),
    required     boolean     NOT NULL,
    due_at       timestamptz,
    leased_until timestamptz,
    asked_at     timestamptz,
    tries        integer     NOT NULL DEFAULT 0 CHECK (tries >= 0),
    hints        integer     NOT NULL DEFAULT 0 CHECK (hints >= 0)
);

COMMENT ON COLUMN payment_inquiry.required IS 'we do not know the outcome ourselves; otherwise only webhooks asked';
COMMENT ON COLUMN payment_inquiry.due_at IS 'null: answered, kept to space the next question';
COMMENT ON COLUMN payment_inquiry.leased_until IS 'a worker has it; free again then, should the worker have died';
COMMENT ON COLUMN payment_inquiry.tries IS 'unclear answers in a row';
COMMENT ON COLUMN payment_inquiry.hints IS 'webhooks not yet asked about';

CREATE INDEX payment_inquiry_due ON payment_inquiry (due_at) WHERE due_at IS NOT NULL;
