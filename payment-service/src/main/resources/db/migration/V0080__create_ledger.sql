-- Where the money of payments is, in double entry. An entry is written in the transaction of the change it tells of, and
-- never changed or removed.
SET LOCAL lock_timeout = '500ms';

CREATE TABLE ledger_entry (
    id              uuid        NOT NULL PRIMARY KEY,
    payment_id      uuid        NOT NULL REFERENCES payment (id),
    payment_version bigint      NOT NULL CHECK (payment_version >= 1),
    kind            text        NOT NULL CHECK (kind IN ('CAPTURED', 'REVERSED', 'OWED', 'REFUNDED', 'SETTLED', 'PAID_OUT')),
    reference       text        CHECK (length(reference) BETWEEN 1 AND 200),
    tenant_id       text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    livemode        boolean     NOT NULL,
    amount_won      bigint      NOT NULL CHECK (amount_won > 0),
    happened_at     timestamptz NOT NULL,
    carried_over    boolean     NOT NULL DEFAULT false,
    posted_at       timestamptz NOT NULL DEFAULT now(),
    CHECK ((kind IN ('SETTLED', 'PAID_OUT')) = (reference IS NOT NULL)),
    UNIQUE NULLS NOT DISTINCT (payment_id, payment_version, kind, reference)
);

-- A transaction at Toss is settled once, and paid out once.
CREATE UNIQUE INDEX ledger_entry_reference ON ledger_entry (reference, kind) WHERE reference IS NOT NULL;
CREATE INDEX ledger_entry_in_time ON ledger_entry (happened_at, id);

COMMENT ON COLUMN ledger_entry.payment_version IS 'state of the payment that the money moved with';
COMMENT ON COLUMN ledger_entry.reference IS 'transaction at Toss that was settled or paid out; null for a step of the payment';
COMMENT ON COLUMN ledger_entry.amount_won IS 'how much is moved: sum of the debits, and of the credits';
COMMENT ON COLUMN ledger_entry.happened_at IS 'by Toss''s clock where Toss says when; posted_at is the database''s';
COMMENT ON COLUMN ledger_entry.carried_over IS 'not posted by the service: found by the database in a payment that the version before had written';

CREATE TABLE ledger_posting (
    entry_id   uuid   NOT NULL REFERENCES ledger_entry (id),
    account    text   NOT NULL CHECK (account IN ('PG_RECEIVABLE', 'CUSTOMER_CLEARING', 'REFUNDS_PAYABLE', 'FEES',
        'VAT_ON_FEES', 'PAYOUTS', 'REVENUE_CLEARING', 'SUSPENSE')),
    amount_won bigint NOT NULL CHECK (amount_won <> 0),
    PRIMARY KEY (entry_id, account)
);

COMMENT ON COLUMN ledger_posting.amount_won IS 'a debit is positive, a credit negative';

-- What the ledger says of each payment. Fees and payouts leave it as it is: they concern Toss and the merchant.
CREATE VIEW ledger_position AS
SELECT payment_id,
    coalesce(-sum(ledger_posting.amount_won) FILTER (WHERE kind IN ('CAPTURED', 'REVERSED')), 0) AS captured_won,
    coalesce(sum(ledger_posting.amount_won) FILTER (WHERE kind = 'REFUNDED'), 0) AS refunded_won,
    coalesce(-sum(ledger_posting.amount_won) FILTER (WHERE account = 'REFUNDS_PAYABLE'), 0) AS owed_won,
    -sum(ledger_posting.amount_won) AS balance_won
FROM ledger_entry JOIN ledger_posting ON entry_id = id
WHERE account IN ('CUSTOMER_CLEARING', 'REVENUE_CLEARING', 'REFUNDS_PAYABLE')
GROUP BY payment_id;

-- The payments there are. Writers of payments wait behind this lock, so it gives up rather than wait for a long one, and
-- the next start tries again; then they wait until all are carried over, some seconds for a million.
LOCK TABLE payment IN SHARE ROW EXCLUSIVE MODE;

INSERT INTO ledger_entry (id, payment_id, payment_version, kind, tenant_id, livemode, amount_won, happened_at, carried_over)
SELECT gen_random_uuid(), payment.id, version, kind, tenant_id, livemode, moved_won, at, true
FROM payment, LATERAL (VALUES
    ('CAPTURED', amount_won, approved_at),
    ('REFUNDED', amount_won - balance_won, changed_at),
    ('OWED', CASE WHEN order_closed_at IS NULL THEN 0 ELSE balance_won END, order_closed_at)
) AS moved (kind, moved_won, at)
WHERE approved_at IS NOT NULL AND moved_won > 0;

INSERT INTO ledger_posting (entry_id, account, amount_won)
SELECT id, account, sign * amount_won
FROM ledger_entry JOIN (VALUES
    ('CAPTURED', 'PG_RECEIVABLE', 1), ('CAPTURED', 'CUSTOMER_CLEARING', -1),
    ('REFUNDED', 'CUSTOMER_CLEARING', 1), ('REFUNDED', 'PG_RECEIVABLE', -1),
    ('OWED', 'CUSTOMER_CLEARING', 1), ('OWED', 'REFUNDS_PAYABLE', -1)
) AS rule (kind, account, sign) USING (kind);

-- Only growth.
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table %: % (expected: INSERT only)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER ledger_entry_only_grows
    BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_posting_only_grows
    BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();

-- An entry is in balance. Its own row says how much it moves, so nothing can be added to it later either.
CREATE FUNCTION ledger_require_balanced(checked uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    expected bigint;
    debits numeric;
    credits numeric;
BEGIN
    SELECT amount_won INTO STRICT expected FROM ledger_entry WHERE id = checked;
    SELECT coalesce(sum(amount_won) FILTER (WHERE amount_won > 0), 0),
        coalesce(-sum(amount_won) FILTER (WHERE amount_won < 0), 0)
    INTO debits, credits
    FROM ledger_posting WHERE entry_id = checked;
    IF debits <> expected OR credits <> expected THEN
        RAISE EXCEPTION 'ledger entry %: debits of % won, credits of % won (expected: % won each)',
            checked, debits, credits, expected USING ERRCODE = 'check_violation';
    END IF;
END
$$;

-- The ledger says of a payment what the payment says: captured - refunded = balance, which is never below 0. Two
-- transactions that move its money at once both change its row, so the second one sees the first.
CREATE FUNCTION ledger_require_agreement(checked uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    posted ledger_position;
    expected bigint;
BEGIN
    SELECT CASE WHEN approved_at IS NULL THEN 0 ELSE balance_won END INTO STRICT expected FROM payment WHERE id = checked;
    SELECT * INTO posted FROM ledger_position WHERE payment_id = checked;
    IF coalesce(posted.captured_won, 0) - coalesce(posted.refunded_won, 0) <> expected
        OR coalesce(posted.balance_won, 0) <> expected
        OR NOT coalesce(posted.owed_won, 0) BETWEEN 0 AND expected
        OR posted.refunded_won < 0 THEN
        RAISE EXCEPTION 'ledger of payment %: captured % won, refunded % won, balance % won, of it owed % won (expected: balance % won)',
            checked, posted.captured_won, posted.refunded_won, posted.balance_won, posted.owed_won, expected
            USING ERRCODE = 'check_violation';
    END IF;
END
$$;

CREATE FUNCTION ledger_check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_require_balanced(NEW.id);
    PERFORM ledger_require_agreement(NEW.payment_id);
    RETURN NULL;
END
$$;

CREATE FUNCTION ledger_check_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_require_balanced(NEW.entry_id);
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER ledger_entry_adds_up
    AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ledger_check_entry();
CREATE CONSTRAINT TRIGGER ledger_posting_adds_up
    AFTER INSERT ON ledger_posting DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ledger_check_posting();

-- Also for a session that applies the changes of a replica, which skips other triggers.
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_only_grows;
ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_only_grows;
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_adds_up;
ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_adds_up;

-- The version before posts nothing, and may run beside this one. What it does to the money of a payment is carried over when
-- it commits. A state that has an entry was posted by this version, and then the two have to agree.
CREATE FUNCTION ledger_carry_over(state payment, kind text, received bigint, held bigint, owed bigint, at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    entry uuid := gen_random_uuid();
BEGIN
    INSERT INTO ledger_entry (id, payment_id, payment_version, kind, tenant_id, livemode, amount_won, happened_at,
        carried_over)
    VALUES (entry, state.id, state.version, kind, state.tenant_id, state.livemode,
        (abs(received) + abs(held) + abs(owed)) / 2, at, true);
    INSERT INTO ledger_posting (entry_id, account, amount_won)
    SELECT entry, account, moved_won
    FROM (VALUES ('PG_RECEIVABLE', received), ('CUSTOMER_CLEARING', held), ('REFUNDS_PAYABLE', owed))
        AS moved (account, moved_won)
    WHERE moved_won <> 0;
END
$$;

CREATE FUNCTION ledger_follow_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state payment;
    posted ledger_position;
    captured bigint := 0;
    refunded bigint := 0;
    owed bigint;
    moved bigint;
BEGIN
    SELECT * INTO STRICT state FROM payment WHERE id = NEW.id;
    IF EXISTS (SELECT FROM ledger_entry WHERE payment_id = NEW.id AND payment_version = NEW.version) THEN
        PERFORM ledger_require_agreement(NEW.id);
        RETURN NULL;
    END IF;
    SELECT * INTO posted FROM ledger_position WHERE payment_id = NEW.id;
    IF state.approved_at IS NOT NULL THEN
        captured := state.amount_won;
        refunded := state.amount_won - state.balance_won;
    END IF;
    owed := coalesce(posted.owed_won, 0);
    moved := captured - coalesce(posted.captured_won, 0);
    IF moved > 0 THEN
        PERFORM ledger_carry_over(state, 'CAPTURED', moved, -moved, 0, state.approved_at);
    ELSIF moved < 0 THEN
        PERFORM ledger_carry_over(state, 'REVERSED', moved, -moved - owed, owed, state.changed_at);
        owed := 0;
    END IF;
    moved := refunded - coalesce(posted.refunded_won, 0);
    IF moved > 0 THEN
        PERFORM ledger_carry_over(state, 'REFUNDED', -moved, moved - LEAST(moved, owed), LEAST(moved, owed),
            state.changed_at);
        owed := owed - LEAST(moved, owed);
    END IF;
    moved := captured - refunded - owed;
    IF state.order_closed_at IS NOT NULL AND moved > 0 THEN
        PERFORM ledger_carry_over(state, 'OWED', 0, moved, -moved, state.order_closed_at);
    END IF;
    PERFORM ledger_require_agreement(NEW.id);
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER ledger_follows_new_payment
    AFTER INSERT ON payment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.approved_at IS NOT NULL)
    EXECUTE FUNCTION ledger_follow_payment();
CREATE CONSTRAINT TRIGGER ledger_follows_payment
    AFTER UPDATE ON payment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((OLD.approved_at, OLD.balance_won, OLD.order_closed_at)
        IS DISTINCT FROM (NEW.approved_at, NEW.balance_won, NEW.order_closed_at))
    EXECUTE FUNCTION ledger_follow_payment();
