-- Virtual accounts that are opened without a window, and what buyers have to know of any.
SET LOCAL lock_timeout = '500ms';

ALTER TABLE payment ADD COLUMN account_asked_at timestamptz;

COMMENT ON COLUMN payment.account_asked_at IS 'since when Toss is asked for a virtual account, as long as it is not known what became of that; no attempt starts meanwhile';

CREATE TABLE payment_opening (
    id           uuid        NOT NULL PRIMARY KEY,
    payment_id   uuid        NOT NULL REFERENCES payment (id),
    bank         text        NOT NULL CHECK (length(bank) BETWEEN 1 AND 30),
    due_at       timestamptz NOT NULL,
    buyer        bytea       CHECK (octet_length(buyer) BETWEEN 1 AND 2000),
    status       text        NOT NULL CHECK (status IN ('CALLING', 'UNKNOWN', 'OPENED', 'FAILED')),
    calls        integer     NOT NULL CHECK (calls >= 1),
    answered     boolean     NOT NULL,
    code         text        CHECK (length(code) BETWEEN 1 AND 100),
    requested_at timestamptz NOT NULL,
    called_at    timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL,
    CONSTRAINT payment_opening_buyer_only_while_open CHECK (status IN ('CALLING', 'UNKNOWN') OR buyer IS NULL)
);

COMMENT ON TABLE payment_opening IS 'every virtual account Toss was asked for, stored before it was';
COMMENT ON COLUMN payment_opening.buyer IS 'name and telephone of the buyer, sealed; gone with the end';
COMMENT ON COLUMN payment_opening.calls IS 'calls that had an idempotency key of their own';
COMMENT ON COLUMN payment_opening.answered IS 'whether Toss has answered under the last key, so that it would repeat that answer';
COMMENT ON COLUMN payment_opening.code IS 'Toss''s code of a refusal, or why it is not known';

-- A second account for one payment would be a second way to pay it.
CREATE UNIQUE INDEX payment_opening_open ON payment_opening (payment_id) WHERE status IN ('CALLING', 'UNKNOWN');
CREATE INDEX payment_opening_of_payment ON payment_opening (payment_id, requested_at);

CREATE TABLE virtual_account (
    payment_id     uuid NOT NULL PRIMARY KEY REFERENCES payment (id),
    bank_code      text NOT NULL CHECK (length(bank_code) BETWEEN 1 AND 30),
    account_number text NOT NULL CHECK (length(account_number) BETWEEN 1 AND 20),
    holder_name    text CHECK (length(holder_name) BETWEEN 1 AND 100)
);

COMMENT ON TABLE virtual_account IS 'where the buyer of a payment is to pay, or has paid, as Toss says';
