-- Money to be taken by a billing method; the id is the command's, so that one command is one charge.
CREATE TABLE charge (
    id                uuid        NOT NULL PRIMARY KEY,
    tenant_id         text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    billing_method_id uuid        NOT NULL,
    order_id          text        NOT NULL UNIQUE CHECK (length(order_id) BETWEEN 6 AND 64),
    order_name        text        NOT NULL CHECK (length(order_name) BETWEEN 1 AND 100),
    amount_won        bigint      NOT NULL CHECK (amount_won >= 1),
    tax_free_won      bigint      NOT NULL DEFAULT 0 CHECK (tax_free_won BETWEEN 0 AND amount_won),
    status            text        NOT NULL CHECK (status IN ('REQUESTED', 'UNKNOWN', 'PAID', 'FAILED')),
    call_number       integer     NOT NULL DEFAULT 1 CHECK (call_number >= 1),
    called_at         timestamptz,
    looks             integer     NOT NULL DEFAULT 0 CHECK (looks >= 0),
    payment_id        uuid        REFERENCES payment (id),
    failure_code      text        CHECK (length(failure_code) BETWEEN 1 AND 100),
    failure_message   text        CHECK (length(failure_message) <= 510),
    remedy            text        CHECK (remedy IN ('LATER', 'NEW_METHOD', 'NONE')),
    requested_at      timestamptz NOT NULL,
    changed_at        timestamptz NOT NULL,
    version           bigint      NOT NULL CHECK (version >= 1),
    CHECK ((status = 'PAID') = (payment_id IS NOT NULL)),
    CHECK ((status = 'FAILED') = (failure_code IS NOT NULL)),
    CHECK ((status = 'FAILED') = (remedy IS NOT NULL))
);

COMMENT ON COLUMN charge.billing_method_id IS 'as the command says; there may be no such method of the tenant';
COMMENT ON COLUMN charge.status IS 'REQUESTED: nothing is known of any call; UNKNOWN: Toss may have taken the money';
COMMENT ON COLUMN charge.call_number IS 'part of the idempotency key of the next call; grows when Toss would repeat an answer of no use';
COMMENT ON COLUMN charge.called_at IS 'when a call was last known to have been made';
COMMENT ON COLUMN charge.looks IS 'how often it was not known whether the money was taken';
COMMENT ON COLUMN charge.remedy IS 'what can help after a decline';
COMMENT ON COLUMN charge.version IS 'number of stored states, and the sequence of its events';

-- What charges have left of their share of Toss's quota, for all instances together.
CREATE TABLE charge_pace (
    only_row  boolean          NOT NULL PRIMARY KEY DEFAULT true CHECK (only_row),
    filled_at timestamptz      NOT NULL,
    calls     double precision NOT NULL
);

INSERT INTO charge_pace (filled_at, calls) VALUES (clock_timestamp(), 0);
