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

-- Those of before. Their table stays for the version before, and what that reports beside this one comes over. While rows
-- are carried over it reports none that would be missed; its writers wait behind this lock, so it gives up rather than wait
-- for a long one, and the next start tries again.
SET LOCAL lock_timeout = '500ms';
LOCK TABLE incident IN SHARE ROW EXCLUSIVE MODE;

INSERT INTO reported_incident (about, kind, tenant_id, detail, first_at, last_at)
SELECT payment_id, kind, tenant_id, left('order ' || order_id || coalesce(', plan ' || plan, '') || ': ' || detail, 500),
    occurred_at, occurred_at
FROM incident;

CREATE FUNCTION report_incident() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reported_incident (about, kind, tenant_id, detail, first_at, last_at)
    VALUES (NEW.payment_id, NEW.kind, NEW.tenant_id,
        left('order ' || NEW.order_id || coalesce(', plan ' || NEW.plan, '') || ': ' || NEW.detail, 500),
        NEW.occurred_at, NEW.occurred_at)
    ON CONFLICT (about, kind) DO NOTHING;
    RETURN NULL;
END
$$;

CREATE TRIGGER report_incident AFTER INSERT ON incident FOR EACH ROW EXECUTE FUNCTION report_incident();

COMMENT ON TABLE incident IS 'of the version before; not written by this one';
