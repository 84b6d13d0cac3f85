-- Refunds above a sum wait for a second person. Without the setting none does, and nothing changes.
SET LOCAL lock_timeout = '2s';

ALTER TABLE refund DROP CONSTRAINT refund_status_check;

-- The rules about accounts and calls have no names of their own.
DO $$
DECLARE
    rule name;
    part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['%account IS NULL%', '%refundable_won IS NOT NULL%'] LOOP
        SELECT conname INTO STRICT rule FROM pg_constraint
        WHERE conrelid = 'refund'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE part;
        EXECUTE format('ALTER TABLE refund DROP CONSTRAINT %I', rule);
    END LOOP;
END
$$;

-- Wider than what they replace, so that no row has to be looked at.
ALTER TABLE refund
    ADD CONSTRAINT refund_status_check
        CHECK (status IN ('AWAITING_APPROVAL', 'REQUESTED', 'UNKNOWN', 'DONE', 'FAILED')) NOT VALID,
    ADD CONSTRAINT refund_account_only_while_open
        CHECK (status IN ('AWAITING_APPROVAL', 'REQUESTED', 'UNKNOWN') OR account IS NULL) NOT VALID,
    -- Who asks Toss has said from which sum.
    ADD CONSTRAINT refund_called_about_a_sum CHECK (origin = 'EXTERNAL'
        OR status IN ('AWAITING_APPROVAL', 'REQUESTED', 'FAILED') OR (calls >= 1 AND refundable_won IS NOT NULL)) NOT VALID,
    ADD CONSTRAINT refund_approved_before_the_call CHECK (status <> 'AWAITING_APPROVAL' OR calls = 0) NOT VALID;

COMMENT ON COLUMN refund.status IS 'AWAITING_APPROVAL: a second person has to agree; REQUESTED: Toss has not been asked; UNKNOWN: asked, and not known to have done it';

CREATE INDEX refund_awaiting_approval ON refund (requested_at) WHERE status = 'AWAITING_APPROVAL';

CREATE TABLE refund_approval (
    refund_id    uuid        NOT NULL PRIMARY KEY REFERENCES refund (id),
    requested_by text        NOT NULL CHECK (length(requested_by) BETWEEN 1 AND 8192),
    approved     boolean,
    decided_by   text        CHECK (length(decided_by) BETWEEN 1 AND 8192),
    decided_at   timestamptz,
    CHECK ((approved IS NULL) = (decided_by IS NULL) AND (approved IS NULL) = (decided_at IS NULL)),
    -- Four eyes see more than two.
    CHECK (approved IS NOT TRUE OR decided_by <> requested_by)
);

COMMENT ON TABLE refund_approval IS 'refunds a second person has to agree to, and what became of that';
COMMENT ON COLUMN refund_approval.requested_by IS 'subject of the token, as decided_by is';
