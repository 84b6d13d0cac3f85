-- Messages of this service, insert-only. The relay reads them from the write-ahead log; rows stay for audit and
-- republishing until their day's partition is dropped. No index: nothing looks a row up on the way.
CREATE TABLE outbox (
    id            uuid        NOT NULL,
    aggregatetype text        NOT NULL CHECK (length(aggregatetype) BETWEEN 1 AND 249),
    aggregateid   text        NOT NULL CHECK (length(aggregateid) BETWEEN 1 AND 200),
    type          text        NOT NULL CHECK (length(type) BETWEEN 1 AND 200),
    sequence      bigint      NOT NULL CHECK (sequence >= 0),
    tenant_id     text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    occurred_at   timestamptz NOT NULL,
    payload       text        NOT NULL CHECK (octet_length(payload) <= 65536),
    appended_at   timestamptz NOT NULL DEFAULT clock_timestamp()
) PARTITION BY RANGE (appended_at);

COMMENT ON COLUMN outbox.aggregatetype IS 'Kafka topic';
COMMENT ON COLUMN outbox.aggregateid IS 'Kafka key; messages of one key stay in order';
COMMENT ON COLUMN outbox.sequence IS 'version of the aggregate after the change';
COMMENT ON COLUMN outbox.occurred_at IS 'business time, from the service''s clock';
COMMENT ON COLUMN outbox.appended_at IS 'time of the database; decides the partition and so the retention';

-- Catches rows of a day whose partition does not exist yet, so that an append never fails for want of one.
CREATE TABLE outbox_default PARTITION OF outbox DEFAULT;
