-- What Toss is to ask the tax office for, because a caller wants a cash receipt, or because money went back for which we had
-- one issued.
SET LOCAL lock_timeout = '500ms';

CREATE TABLE cash_receipt_request (
    id               uuid        NOT NULL PRIMARY KEY,
    payment_id       uuid        NOT NULL REFERENCES payment (id),
    transaction_type text        NOT NULL CHECK (transaction_type IN ('CONFIRM', 'CANCEL')),
    receipt_type     text        NOT NULL CHECK (receipt_type IN ('INCOME_DEDUCTION', 'PROOF_OF_EXPENSE')),
    status           text        NOT NULL CHECK (status IN ('REQUESTED', 'UNKNOWN', 'DONE', 'FAILED')),
    amount_won       bigint      NOT NULL CHECK (amount_won >= 0),
    tax_free_won     bigint      NOT NULL DEFAULT 0 CHECK (tax_free_won BETWEEN 0 AND amount_won),
    receipt_key      text        CHECK (length(receipt_key) BETWEEN 1 AND 200),
    request_key      text        CHECK (length(request_key) BETWEEN 1 AND 255),
    customer         bytea       CHECK (octet_length(customer) BETWEEN 1 AND 1000),
    sealed_under     integer,
    calls            integer     NOT NULL DEFAULT 0 CHECK (calls >= 0),
    first_called_at  timestamptz,
    called_at        timestamptz,
    answered         boolean     NOT NULL DEFAULT false,
    looks            integer     NOT NULL DEFAULT 0 CHECK (looks >= 0),
    vague_answers    integer     NOT NULL DEFAULT 0 CHECK (vague_answers >= 0),
    faults           integer     NOT NULL DEFAULT 0 CHECK (faults >= 0),
    failure_code     text        CHECK (length(failure_code) BETWEEN 1 AND 100),
    requested_at     timestamptz NOT NULL,
    changed_at       timestamptz NOT NULL,
    -- Toss is told a sum, and what came of it has Toss's name.
    CHECK (status IN ('REQUESTED', 'FAILED') OR (calls >= 1 AND amount_won >= 1)),
    CHECK ((calls >= 1) = (called_at IS NOT NULL) AND (calls >= 1) = (first_called_at IS NOT NULL)),
    CHECK ((status <> 'DONE' AND transaction_type <> 'CANCEL') OR receipt_key IS NOT NULL),
    CHECK ((status = 'FAILED') = (failure_code IS NOT NULL)),
    -- Who gets a receipt is needed for as long as Toss may have to be asked, and not kept longer.
    CHECK (status IN ('REQUESTED', 'UNKNOWN') OR customer IS NULL),
    CHECK ((customer IS NULL) = (sealed_under IS NULL))
);

COMMENT ON COLUMN cash_receipt_request.status IS 'REQUESTED: Toss has not been asked; UNKNOWN: asked, and not known to have done it';
COMMENT ON COLUMN cash_receipt_request.amount_won IS 'of a receipt: what of the payment is left when Toss is first asked, and 0 before';
COMMENT ON COLUMN cash_receipt_request.receipt_key IS 'Toss''s name of the receipt that was issued, or is taken back';
COMMENT ON COLUMN cash_receipt_request.request_key IS 'Idempotency-Key of the request, by which a repeat finds it';
COMMENT ON COLUMN cash_receipt_request.customer IS 'number of a phone, a card or a business; sealed for the tenant and the request';
COMMENT ON COLUMN cash_receipt_request.sealed_under IS 'number of the key of the keyset it is sealed under';
COMMENT ON COLUMN cash_receipt_request.calls IS 'number of the last call; part of its idempotency key at Toss';
COMMENT ON COLUMN cash_receipt_request.answered IS 'Toss would repeat its answer to the last call, so that the next needs a key of its own';

CREATE INDEX cash_receipt_request_of_payment ON cash_receipt_request (payment_id, requested_at);
-- One at a time.
CREATE UNIQUE INDEX cash_receipt_request_open ON cash_receipt_request (payment_id) WHERE status IN ('REQUESTED', 'UNKNOWN');
CREATE UNIQUE INDEX cash_receipt_request_key ON cash_receipt_request (payment_id, request_key)
    WHERE request_key IS NOT NULL AND status <> 'FAILED';
CREATE INDEX cash_receipt_request_seal ON cash_receipt_request (sealed_under) WHERE customer IS NOT NULL;

ALTER TABLE payment_cash_receipt ADD COLUMN requested_by uuid REFERENCES cash_receipt_request (id);

COMMENT ON COLUMN payment_cash_receipt.requested_by IS 'null if Toss tells of it in the payment, as of what was asked for in the window';

-- The tax office has not decided about them, and only Toss's list of their day tells when it has.
CREATE INDEX payment_cash_receipt_open ON payment_cash_receipt (requested_at)
    WHERE issue_status = 'IN_PROGRESS' AND requested_by IS NOT NULL;
