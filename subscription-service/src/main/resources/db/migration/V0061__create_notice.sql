-- What tenants were told about their billing, each once. What it said is in its event.
CREATE TABLE notice (
    id           uuid        PRIMARY KEY,
    kind         text        NOT NULL CHECK (length(kind) BETWEEN 1 AND 50),
    subject      text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
    tenant_id    text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    requested_at timestamptz NOT NULL,
    UNIQUE (kind, subject)
);

COMMENT ON COLUMN notice.subject IS 'what it is about, such as the id of an invoice';

-- Notices of a tenant, newest first.
CREATE INDEX notice_tenant ON notice (tenant_id, requested_at DESC, id DESC);

-- Notices that are to be mailed, and what became of the mail.
CREATE TABLE notice_mail (
    notice_id    uuid        PRIMARY KEY,
    tenant_id    text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    kind         text        NOT NULL CHECK (length(kind) BETWEEN 1 AND 50),
    data         jsonb,
    requested_at timestamptz NOT NULL,
    outcome      text        CHECK (outcome IN ('SENT', 'REFUSED', 'NO_ADDRESS')),
    reply        text        CHECK (length(reply) BETWEEN 1 AND 500),
    ended_at     timestamptz,
    CHECK ((outcome IS NULL) = (ended_at IS NULL)),
    CHECK ((outcome IS NULL) = (data IS NOT NULL))
);

COMMENT ON COLUMN notice_mail.notice_id IS 'no foreign key: what is mailed is what the event says';
COMMENT ON COLUMN notice_mail.data IS 'what the mail says; gone with the end';
COMMENT ON COLUMN notice_mail.outcome IS 'null while it waits to be sent';
COMMENT ON COLUMN notice_mail.reply IS 'what the mail server said that refused it';

-- Whom a tenant wants to be written to.
CREATE TABLE tenant_contact (
    tenant_id  text        PRIMARY KEY CHECK (length(tenant_id) BETWEEN 1 AND 100),
    email      text        NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    locale     text        NOT NULL CHECK (locale IN ('ko', 'en')),
    changed_at timestamptz NOT NULL
);
