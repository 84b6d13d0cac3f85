-- Which messages each consumer of this service has taken; written in the transaction of the effect.
CREATE TABLE inbox (
    consumer   text        NOT NULL CHECK (length(consumer) BETWEEN 1 AND 100),
    message_id text        NOT NULL CHECK (length(message_id) BETWEEN 1 AND 300),
    claimed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, message_id)
);

COMMENT ON COLUMN inbox.claimed_at IS 'time of the database; decides when the claim may be forgotten';

-- For the retention job. Rows arrive in the order of claimed_at, so a block range index finds the old ones and costs
-- an insert next to nothing.
CREATE INDEX inbox_claimed_at ON inbox USING brin (claimed_at) WITH (autosummarize = on);
