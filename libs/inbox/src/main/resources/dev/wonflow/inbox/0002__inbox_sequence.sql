-- How far the news of each thing has come, for each consumer of this service; written in the transaction of the effect.
CREATE TABLE inbox_sequence (
    consumer    text        NOT NULL CHECK (length(consumer) BETWEEN 1 AND 100),
    subject     text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
    sequence    bigint      NOT NULL CHECK (sequence >= 0),
    advanced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, subject)
);

COMMENT ON COLUMN inbox_sequence.subject IS 'what the news is about, such as a payment';
COMMENT ON COLUMN inbox_sequence.sequence IS 'ce_sequence of the youngest message taken; older ones are dropped';
COMMENT ON COLUMN inbox_sequence.advanced_at IS 'time of the database; decides when the row may be forgotten';

-- For the retention job. A block range index does not keep an update from staying in its page.
CREATE INDEX inbox_sequence_advanced_at ON inbox_sequence USING brin (advanced_at) WITH (autosummarize = on);
