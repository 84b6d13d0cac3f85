-- While rows are carried over, the version before writes none that would be missed. Its writers wait behind this lock,
-- so it gives up rather than wait for a long one; the next start tries again. In the order in which all take them.
SET LOCAL lock_timeout = '500ms';
LOCK TABLE payment, payment_inquiry IN SHARE ROW EXCLUSIVE MODE;

-- When Toss has to be asked is work like any other; what stays here is what spaces the questions about one payment.
CREATE TABLE status_check (
    payment_id uuid        NOT NULL PRIMARY KEY REFERENCES payment (id),
    asked_at   timestamptz,
    hints_from timestamptz,
    hints      integer     NOT NULL DEFAULT 0 CHECK (hints >= 0),
    vouched    integer     NOT NULL DEFAULT 0 CHECK (vouched >= 0),
    fruitless  integer     NOT NULL DEFAULT 0 CHECK (fruitless >= 0)
);

COMMENT ON COLUMN status_check.asked_at IS 'when Toss was last asked';
COMMENT ON COLUMN status_check.hints_from IS 'no hint without a voucher is asked about before';
COMMENT ON COLUMN status_check.hints IS 'webhooks not yet asked about';
COMMENT ON COLUMN status_check.vouched IS 'those of the hints that showed Toss''s secret or signature';
COMMENT ON COLUMN status_check.fruitless IS 'questions in a row that hints led to and that brought nothing new';

CREATE INDEX status_check_asked ON status_check (asked_at);

INSERT INTO status_check (payment_id, asked_at, hints_from, hints, vouched, fruitless)
SELECT payment_id, asked_at, hints_from, hints, vouched, fruitless FROM payment_inquiry;

-- Two items per payment at most, with one key: what we require, and what webhooks ask for.
INSERT INTO work (kind, id, key, priority, due_at, failures, leased_until)
SELECT 'status-check.required', payment_id::text, payment_id::text,
    CASE WHEN payment.status IN ('CONFIRMING', 'UNKNOWN') THEN 1 ELSE 0 END,
    coalesce(required_at, payment_inquiry.due_at), tries, leased_until
FROM payment_inquiry JOIN payment ON payment.id = payment_id
WHERE required AND payment_inquiry.due_at IS NOT NULL;

INSERT INTO work (kind, id, key, priority, due_at, leased_until)
SELECT 'status-check.hinted', payment_id::text, payment_id::text, CASE WHEN vouched > 0 THEN 1 ELSE 0 END, due_at,
    leased_until
FROM payment_inquiry
WHERE due_at IS NOT NULL AND (hints > 0 OR NOT required);

-- The version before goes on with its own table, whose rows stay as they are: it may still be running, or be started
-- again. What it plans is done by this version too; a question asked twice changes nothing. What it has found out by
-- itself is not asked about any more: its payments would use up the calls to Toss that those in doubt need.
CREATE FUNCTION plan_status_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.required AND NOT NEW.required THEN
        DELETE FROM work
        WHERE kind = 'status-check.required' AND id = NEW.payment_id::text AND leased_until IS NULL;
    END IF;
    IF NEW.required AND NEW.due_at IS NOT NULL THEN
        INSERT INTO work (kind, id, key, priority, due_at)
        VALUES ('status-check.required', NEW.payment_id::text, NEW.payment_id::text, 1,
            coalesce(NEW.required_at, NEW.due_at))
        ON CONFLICT (kind, id) DO UPDATE
        SET due_at = LEAST(work.due_at, excluded.due_at), revision = work.revision + 1;
    END IF;
    IF NEW.due_at IS NOT NULL AND (NEW.hints > 0 OR NOT NEW.required) THEN
        INSERT INTO work (kind, id, key, due_at)
        VALUES ('status-check.hinted', NEW.payment_id::text, NEW.payment_id::text, NEW.due_at)
        ON CONFLICT (kind, id) DO UPDATE
        SET due_at = LEAST(work.due_at, excluded.due_at), revision = work.revision + 1;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER plan_status_check AFTER INSERT OR UPDATE OF required, due_at, hints ON payment_inquiry
FOR EACH ROW EXECUTE FUNCTION plan_status_check();

COMMENT ON TABLE payment_inquiry IS 'of the version before; not written by this one';
