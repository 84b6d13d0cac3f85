-- What payment-service was asked to charge for an invoice: one command each, and at most one that has not ended.
CREATE TABLE charge_attempt (
    charge_id         uuid        PRIMARY KEY,
    invoice_id        uuid        NOT NULL REFERENCES invoice (id),
    tenant_id         text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    attempt           integer     NOT NULL CHECK (attempt >= 1),
    occasion          text        NOT NULL CHECK (occasion IN ('FIRST', 'AGAIN', 'RETRY', 'NEW_METHOD', 'ASKED')),
    billing_method_id uuid        NOT NULL,
    amount_won        bigint      NOT NULL CHECK (amount_won >= 100),
    status            text        NOT NULL CHECK (status IN ('REQUESTED', 'UNKNOWN', 'PAID', 'FAILED')),
    failure_code      text        CHECK (length(failure_code) BETWEEN 1 AND 100),
    remedy            text        CHECK (remedy IN ('LATER', 'NEW_METHOD', 'NONE')),
    requested_at      timestamptz NOT NULL,
    answered_at       timestamptz,
    ended_at          timestamptz,
    judged_at         timestamptz,
    counted           boolean,
    again             boolean     NOT NULL DEFAULT false,
    UNIQUE (invoice_id, attempt),
    CHECK ((status = 'REQUESTED') = (answered_at IS NULL)),
    CHECK ((status IN ('PAID', 'FAILED')) = (ended_at IS NOT NULL)),
    CHECK ((status = 'FAILED') = (failure_code IS NOT NULL) AND (status = 'FAILED') = (remedy IS NOT NULL)),
    CHECK ((judged_at IS NULL) = (counted IS NULL)),
    CHECK (judged_at IS NULL OR status = 'FAILED'),
    CHECK (NOT again OR NOT counted)
);

CREATE UNIQUE INDEX charge_attempt_one_under_way ON charge_attempt (invoice_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX charge_attempt_one_paid ON charge_attempt (invoice_id) WHERE status = 'PAID';
-- How many are under way, what the last results were, and what nobody has judged yet.
CREATE INDEX charge_attempt_requested ON charge_attempt (requested_at) WHERE status = 'REQUESTED';
CREATE INDEX charge_attempt_answered ON charge_attempt (answered_at)
    WHERE answered_at IS NOT NULL AND occasion IN ('FIRST', 'AGAIN');
CREATE INDEX charge_attempt_unjudged ON charge_attempt (ended_at) WHERE status = 'FAILED' AND judged_at IS NULL;
CREATE INDEX charge_attempt_again ON charge_attempt (ended_at) WHERE again;

COMMENT ON COLUMN charge_attempt.charge_id IS 'follows from invoice and attempt, so that no attempt is ever two charges';
COMMENT ON COLUMN charge_attempt.occasion IS
    'FIRST: the invoice was issued; AGAIN: a failure that counts for nothing; the others: why it was tried once more';
COMMENT ON COLUMN charge_attempt.answered_at IS 'when payment-service first said anything';
COMMENT ON COLUMN charge_attempt.judged_at IS 'when it was decided whether a failure counts against the tenant';
COMMENT ON COLUMN charge_attempt.again IS 'a failure that counts for nothing, and whose invoice waits to be charged again';

-- One row for each time that something was due until nothing was.
CREATE TABLE renewal_run (
    id         uuid        PRIMARY KEY,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz CHECK (ended_at >= started_at),
    due        bigint      NOT NULL CHECK (due >= 0),
    claimed    bigint      NOT NULL CHECK (claimed >= 0)
);

CREATE UNIQUE INDEX renewal_run_one_open ON renewal_run ((true)) WHERE ended_at IS NULL;
CREATE INDEX renewal_run_started_at ON renewal_run (started_at DESC);

COMMENT ON COLUMN renewal_run.due IS 'subscriptions that had something to do when it started';

-- Whether runs may go on: one row, held by whoever claims.
CREATE TABLE renewal_switch (
    only_row    boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    state       text        NOT NULL CHECK (state IN ('ON', 'PAUSED', 'HALTED')),
    reason      text        CHECK (length(reason) BETWEEN 1 AND 500),
    changed_by  text        CHECK (length(changed_by) BETWEEN 1 AND 200),
    changed_at  timestamptz NOT NULL,
    judged_from timestamptz NOT NULL
);

COMMENT ON COLUMN renewal_switch.changed_by IS 'operator; null: the service itself';
COMMENT ON COLUMN renewal_switch.judged_from IS 'results before it are judged no more';

INSERT INTO renewal_switch (state, changed_at, judged_from) VALUES ('ON', now(), now());
