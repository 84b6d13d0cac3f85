-- What ledger, transactions and settlements do not agree on: one open case for each order, however often it is found.
CREATE TABLE reconciliation_case (
    id           uuid        NOT NULL PRIMARY KEY,
    order_id     text        NOT NULL CHECK (length(order_id) BETWEEN 6 AND 64),
    payment_id   uuid        REFERENCES payment (id),
    opened_at    timestamptz NOT NULL,
    seen_at      timestamptz NOT NULL CHECK (seen_at >= opened_at),
    closed_at    timestamptz CHECK (closed_at >= opened_at),
    explanation  text CHECK (length(explanation) BETWEEN 1 AND 500),
    explained_by text CHECK (length(explained_by) BETWEEN 1 AND 255),
    CHECK ((explanation IS NULL) = (explained_by IS NULL))
);

COMMENT ON COLUMN reconciliation_case.payment_id IS 'null if the order is none of ours';
COMMENT ON COLUMN reconciliation_case.seen_at IS 'when it was last found';
COMMENT ON COLUMN reconciliation_case.closed_at IS 'when the books were first found to agree again';

COMMENT ON COLUMN reconciliation_case.explanation IS 'why the difference may stand; gone when something else is found';

CREATE INDEX reconciliation_case_in_time ON reconciliation_case (opened_at DESC, id DESC);
CREATE UNIQUE INDEX reconciliation_case_open ON reconciliation_case (order_id) WHERE closed_at IS NULL;

CREATE TABLE reconciliation_finding (
    case_id    uuid NOT NULL REFERENCES reconciliation_case (id),
    number     int  NOT NULL CHECK (number >= 1),
    difference text NOT NULL CHECK (length(difference) BETWEEN 1 AND 50),
    evidence   text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 2000),
    PRIMARY KEY (case_id, number)
);

COMMENT ON TABLE reconciliation_finding IS 'as it was last found';
