-- Toss's books as they were last read, and the days on which they agree with ours.
CREATE TABLE toss_transaction (
    id              bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction_key text        NOT NULL CHECK (length(transaction_key) BETWEEN 1 AND 200),
    order_id        text        NOT NULL CHECK (length(order_id) BETWEEN 6 AND 64),
    payment_key     text        NOT NULL CHECK (length(payment_key) BETWEEN 1 AND 200),
    status          text        NOT NULL CHECK (length(status) BETWEEN 1 AND 100),
    amount_won      bigint      NOT NULL CHECK (amount_won >= 0),
    at              timestamptz NOT NULL
);

COMMENT ON COLUMN toss_transaction.transaction_key IS 'not unique here: a key that Toss lists twice is for the comparison to find';
COMMENT ON COLUMN toss_transaction.status IS 'what the payment became, in Toss''s word';

CREATE INDEX toss_transaction_in_time ON toss_transaction (at);
CREATE INDEX toss_transaction_of_order ON toss_transaction (order_id, at);

CREATE TABLE toss_settlement (
    id              bigint  NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction_key text    NOT NULL CHECK (length(transaction_key) BETWEEN 1 AND 200),
    order_id        text    NOT NULL CHECK (length(order_id) BETWEEN 6 AND 64),
    method          text    NOT NULL CHECK (length(method) BETWEEN 1 AND 100),
    back            boolean NOT NULL,
    amount_won      bigint  NOT NULL CHECK (amount_won >= 0),
    fee_won         bigint  NOT NULL CHECK (fee_won >= 0),
    interest_won    bigint  NOT NULL CHECK (interest_won >= 0),
    vat_won         bigint  NOT NULL CHECK (vat_won >= 0),
    pay_out_won     bigint  NOT NULL,
    sold_on         date    NOT NULL,
    paid_out_on     date    NOT NULL
);

COMMENT ON COLUMN toss_settlement.back IS 'about money that went back to the buyer; the sums are positive all the same';
COMMENT ON COLUMN toss_settlement.pay_out_won IS 'below 0 if the fees are more than the amount';
COMMENT ON COLUMN toss_settlement.sold_on IS 'in Seoul, as paid_out_on';

CREATE INDEX toss_settlement_by_sale ON toss_settlement (sold_on);
CREATE INDEX toss_settlement_of_order ON toss_settlement (order_id);
CREATE INDEX toss_settlement_of_transaction ON toss_settlement (transaction_key);

-- Whose turn it is to compare.
CREATE TABLE reconciliation_turn (
    only_one  boolean NOT NULL DEFAULT true PRIMARY KEY CHECK (only_one),
    taken_at  timestamptz,
    begins_at timestamptz
);

COMMENT ON COLUMN reconciliation_turn.begins_at IS 'start of the first day that is compared; null before the first turn';

INSERT INTO reconciliation_turn DEFAULT VALUES;

CREATE TABLE reconciliation_day (
    id            uuid        NOT NULL PRIMARY KEY,
    day           date        NOT NULL UNIQUE,
    livemode      boolean     NOT NULL,
    orders        bigint      NOT NULL,
    captured_won  bigint      NOT NULL,
    reversed_won  bigint      NOT NULL,
    refunded_won  bigint      NOT NULL,
    settled_won   bigint      NOT NULL,
    fees_won      bigint      NOT NULL,
    vat_won       bigint      NOT NULL,
    payouts_won   bigint      NOT NULL,
    previous_hash text        NOT NULL UNIQUE CHECK (length(previous_hash) IN (1, 64)),
    hash          text        NOT NULL UNIQUE CHECK (length(hash) = 64),
    closed_at     timestamptz NOT NULL
);

COMMENT ON COLUMN reconciliation_day.day IS 'in Seoul';
COMMENT ON COLUMN reconciliation_day.previous_hash IS 'of the day before; unique, so that the days are one chain. "-" for the first';

CREATE INDEX reconciliation_day_in_time ON reconciliation_day (closed_at DESC, id DESC);

CREATE TRIGGER reconciliation_day_only_grows
    BEFORE UPDATE OR DELETE OR TRUNCATE ON reconciliation_day
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
ALTER TABLE reconciliation_day ENABLE ALWAYS TRIGGER reconciliation_day_only_grows;
