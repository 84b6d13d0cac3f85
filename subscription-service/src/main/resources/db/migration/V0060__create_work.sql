-- Work to be done from a date on, by whichever instance takes it first. Whoever plans it writes the row in the
-- transaction that makes it necessary.
CREATE TABLE work (
    kind         text        NOT NULL CHECK (length(kind) BETWEEN 1 AND 100),
    id           text        NOT NULL CHECK (length(id) BETWEEN 1 AND 200),
    number       bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    key          text        CHECK (length(key) BETWEEN 1 AND 200),
    priority     smallint    NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 3),
    due_at       timestamptz,
    payload      text        CHECK (octet_length(payload) <= 65536),
    traceparent  text        CHECK (length(traceparent) = 55),
    revision     bigint      NOT NULL DEFAULT 0,
    attempt      bigint      NOT NULL DEFAULT 0,
    failures     integer     NOT NULL DEFAULT 0 CHECK (failures >= 0),
    leased_until timestamptz,
    PRIMARY KEY (kind, id)
) WITH (fillfactor = 70);

COMMENT ON COLUMN work.id IS 'what is to be worked on; planning it again changes the plan and makes no second item';
COMMENT ON COLUMN work.key IS 'items of one key are worked on one at a time, those of one kind in the order of their numbers';
COMMENT ON COLUMN work.priority IS 'of what is due, a higher one comes first';
COMMENT ON COLUMN work.due_at IS 'null: called off while a worker had it, and gone when that one is done';
COMMENT ON COLUMN work.traceparent IS 'W3C Trace Context of whoever planned it last; null outside any trace';
COMMENT ON COLUMN work.revision IS 'how often it was planned anew; a worker ends only the plan it took';
COMMENT ON COLUMN work.attempt IS 'number of the last claim; whoever holds an older one changes nothing';
COMMENT ON COLUMN work.failures IS 'failed attempts in a row';
COMMENT ON COLUMN work.leased_until IS 'a worker has it; free again then, should the worker have died';

CREATE INDEX work_due ON work (kind, priority DESC, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX work_key ON work (key) WHERE key IS NOT NULL;

-- Kinds nobody works on until the row is gone; planning goes on.
CREATE TABLE work_pause (
    kind      text        NOT NULL PRIMARY KEY CHECK (length(kind) BETWEEN 1 AND 100),
    reason    text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    paused_at timestamptz NOT NULL
);
