-- Hints that only Toss can have sent are followed at once; what anybody can send has to wait, the longer the more of it
-- has led to nothing. And a hint about what we require later anyway stays a hint.
ALTER TABLE payment_inquiry
    ADD COLUMN required_at timestamptz,
    ADD COLUMN vouched     integer NOT NULL DEFAULT 0 CHECK (vouched >= 0),
    ADD COLUMN fruitless   integer NOT NULL DEFAULT 0 CHECK (fruitless >= 0),
    ADD COLUMN hints_from  timestamptz;

UPDATE payment_inquiry SET required_at = due_at WHERE required;

COMMENT ON COLUMN payment_inquiry.required_at IS 'when we ourselves require the answer; due_at is before it if a hint came';
COMMENT ON COLUMN payment_inquiry.vouched IS 'those of the hints that showed Toss''s secret or signature';
COMMENT ON COLUMN payment_inquiry.fruitless IS 'questions in a row that hints led to and that brought nothing new';
COMMENT ON COLUMN payment_inquiry.hints_from IS 'no hint without a voucher is asked about before';

CREATE INDEX payment_inquiry_answered ON payment_inquiry (asked_at) WHERE due_at IS NULL;
