-- What must not happen and people have to look at: one row per payment and kind, however often it happens.
CREATE TABLE payment_incident (
    payment_id uuid        NOT NULL REFERENCES payment (id),
    kind       text        NOT NULL CHECK (length(kind) BETWEEN 1 AND 50),
    detail     text        NOT NULL CHECK (length(detail) BETWEEN 1 AND 500),
    times      bigint      NOT NULL DEFAULT 1 CHECK (times >= 1),
    first_at   timestamptz NOT NULL,
    last_at    timestamptz NOT NULL,
    PRIMARY KEY (payment_id, kind)
);

COMMENT ON COLUMN payment_incident.detail IS 'of the latest time';
