-- Refunds are called for five times at most, not counting what a fault of ours or too many calls held up. A refund that
-- was not known before starts to count anew, so that one which stopped for such a fault goes on.
ALTER TABLE refund
    ADD COLUMN vague_answers integer NOT NULL DEFAULT 0 CHECK (vague_answers >= 0),
    ADD COLUMN faults        integer NOT NULL DEFAULT 0 CHECK (faults >= 0);

COMMENT ON COLUMN refund.vague_answers IS 'how many calls were answered, and the answer did not tell; after five Toss is only asked';
COMMENT ON COLUMN refund.faults IS 'how often a fault of ours, or too many calls, was in the way; they end nothing';
