-- Which messages each consumer of this service has taken; written in the transaction of the effect.
CREATE TABLE inbox (
    consumer   text        NOT NULL CHECK (length(consumer) BETWEEN 1 AND 100),
    message_id text        NOT NULL CHECK (length(message_id) BETWEEN 1 AND 300),
    claimed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, message_id)
);
