-- How far the relay has come. One row per replication slot, written before PostgreSQL is told, so a slot that is
-- further than this row was moved or made by somebody else.
CREATE TABLE relay_slot (
    slot_name            text        PRIMARY KEY CHECK (length(slot_name) BETWEEN 1 AND 63),
    database_name        text        NOT NULL CHECK (length(database_name) BETWEEN 1 AND 63),
    system_identifier    text        NOT NULL CHECK (length(system_identifier) BETWEEN 1 AND 20),
    publication_identity text        NOT NULL CHECK (length(publication_identity) BETWEEN 1 AND 500),
    created_lsn          pg_lsn      NOT NULL,
    created_at           timestamptz NOT NULL,
    published_lsn        pg_lsn      NOT NULL,
    published_beat       bigint      NOT NULL CHECK (published_beat >= 0),
    published_horizon    bigint      NOT NULL CHECK (published_horizon >= 0),
    published_at         timestamptz NOT NULL,
    CHECK (published_lsn >= created_lsn)
) WITH (fillfactor = 50);

COMMENT ON COLUMN relay_slot.publication_identity IS 'object ids and options; a publication made anew may have hidden changes';
COMMENT ON COLUMN relay_slot.created_lsn IS 'consistent point: transactions committed before it never come through this slot';
COMMENT ON COLUMN relay_slot.published_lsn IS 'transactions committed before it are in Kafka';
COMMENT ON COLUMN relay_slot.published_beat IS 'last heartbeat that came through; the next one must follow it without a gap';
COMMENT ON COLUMN relay_slot.published_horizon IS 'transactions with an id below it are in Kafka or were rolled back';
COMMENT ON COLUMN relay_slot.published_at IS 'when that last heartbeat was written, by the clock of the database';

-- Changed every few seconds and published with the outbox: proves that changes flow from end to end, and lets the slot
-- move on while only other databases of the server are busy.
CREATE TABLE relay_heartbeat (
    slot_name text        PRIMARY KEY CHECK (length(slot_name) BETWEEN 1 AND 63),
    beat      bigint      NOT NULL CHECK (beat >= 0),
    horizon   bigint      NOT NULL CHECK (horizon >= 0),
    beaten_at timestamptz NOT NULL
) WITH (fillfactor = 50);

COMMENT ON COLUMN relay_heartbeat.horizon IS 'id of the oldest transaction that was still running when the beat was written';
