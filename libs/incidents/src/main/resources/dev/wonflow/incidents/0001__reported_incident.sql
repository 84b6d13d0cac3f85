-- What must not happen and people have to look at: one row for each thing and kind, however often it happens.
CREATE TABLE reported_incident (
    about     text        NOT NULL CHECK (length(about) BETWEEN 1 AND 200),
    kind      text        NOT NULL CHECK (length(kind) BETWEEN 1 AND 50),
    tenant_id text        CHECK (length(tenant_id) BETWEEN 1 AND 100),
    detail    text        NOT NULL CHECK (length(detail) BETWEEN 1 AND 500),
    times     bigint      NOT NULL DEFAULT 1 CHECK (times >= 1),
    first_at  timestamptz NOT NULL,
    last_at   timestamptz NOT NULL,
    PRIMARY KEY (about, kind)
);

COMMENT ON COLUMN reported_incident.about IS 'what it happened to, such as the id of a payment';
COMMENT ON COLUMN reported_incident.detail IS 'of the latest time';

-- For whoever looks what is new.
CREATE INDEX reported_incident_last_at ON reported_incident (last_at);
