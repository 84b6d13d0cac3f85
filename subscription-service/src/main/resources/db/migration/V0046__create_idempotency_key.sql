-- What requests with an Idempotency-Key were answered; written in the transaction of the effect, or, where that is not
-- one transaction, claimed before it with a lease.
CREATE TABLE idempotency_key (
    tenant_id    text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    key          text        NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    request      text        NOT NULL CHECK (length(request) = 64),
    lease        uuid,
    leased_until timestamptz,
    status       integer     CHECK (status BETWEEN 200 AND 599),
    content_type text        CHECK (length(content_type) BETWEEN 1 AND 200),
    location     text        CHECK (length(location) BETWEEN 1 AND 2000),
    body         text        CHECK (octet_length(body) <= 1048576),
    written_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, key),
    CHECK ((lease IS NULL) = (leased_until IS NULL)),
    -- Somebody is at work, or there is an answer.
    CHECK ((lease IS NULL) = (status IS NOT NULL)),
    CHECK ((status IS NULL) = (content_type IS NULL) AND (status IS NULL) = (body IS NULL))
);

COMMENT ON COLUMN idempotency_key.request IS 'SHA-256 of method, address and body, in hexadecimal digits';
COMMENT ON COLUMN idempotency_key.lease IS 'whose turn it is, until leased_until; then that of whoever comes';
COMMENT ON COLUMN idempotency_key.written_at IS 'time of the database; decides when the row may be forgotten';

-- For forgetting the oldest.
CREATE INDEX idempotency_key_written_at ON idempotency_key (written_at);
