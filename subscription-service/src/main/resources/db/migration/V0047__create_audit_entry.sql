-- Who changed what; written in the transaction of the change, and never changed or removed.
CREATE TABLE audit_entry (
    id          uuid        PRIMARY KEY,
    at          timestamptz NOT NULL,
    tenant_id   text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    subject     text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 8192),
    client      text        CHECK (length(client) BETWEEN 1 AND 8192),
    action      text        NOT NULL CHECK (length(action) BETWEEN 1 AND 100),
    object      text        NOT NULL CHECK (length(object) BETWEEN 1 AND 200),
    before      jsonb,
    after       jsonb       NOT NULL,
    why         text        CHECK (length(why) BETWEEN 1 AND 1000),
    trace_id    text        CHECK (trace_id ~ '^[0-9a-f]{32}$'),
    recorded_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON COLUMN audit_entry.at IS 'time of the service; recorded_at is the database''s';
COMMENT ON COLUMN audit_entry.subject IS 'person or program, as the token says; client is the program it was issued to';
COMMENT ON COLUMN audit_entry.before IS 'null if it came to be by this';
COMMENT ON COLUMN audit_entry.trace_id IS 'of W3C Trace Context; null outside any trace';

-- The history of a thing of a tenant.
CREATE INDEX audit_entry_object ON audit_entry (tenant_id, object, at);

CREATE FUNCTION audit_entry_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table audit_entry: % (expected: INSERT only)', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER audit_entry_only_grows
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();

-- Also for a session that applies the changes of a replica, which skips other triggers.
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_only_grows;

-- What an operator did, who is of no tenant.
ALTER TABLE audit_entry ALTER COLUMN tenant_id DROP NOT NULL;

COMMENT ON COLUMN audit_entry.tenant_id IS 'null if an operator did it';
