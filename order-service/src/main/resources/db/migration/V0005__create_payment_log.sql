-- How far the news of each payment of an order has come.
CREATE TABLE payment_mark (
    payment_id uuid   PRIMARY KEY,
    order_id   text   NOT NULL REFERENCES sales_order (id),
    sequence   bigint NOT NULL CHECK (sequence >= 0)
);

COMMENT ON COLUMN payment_mark.sequence IS 'ce_sequence of the youngest event taken in; older ones are dropped';

-- What went wrong with the payments of an order, insert-only.
CREATE TABLE payment_note (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id   text        NOT NULL REFERENCES sales_order (id),
    payment_id uuid        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('FAILURE', 'INCIDENT')),
    code       text        NOT NULL CHECK (length(code) BETWEEN 1 AND 200),
    message    text        CHECK (length(message) <= 1000),
    noted_at   timestamptz NOT NULL
);

COMMENT ON COLUMN payment_note.kind IS 'FAILURE: the buyer can try again; INCIDENT: money and order disagree, a person has to look';
COMMENT ON COLUMN payment_note.code IS 'code of Toss, or of this service for an incident; new ones appear without notice';

CREATE INDEX payment_note_order ON payment_note (order_id, id);
