-- Credit a tenant has with a product, insert-only; the balance follows in the same transaction and never falls below zero.
CREATE TABLE credit_entry (
    id         uuid        PRIMARY KEY,
    tenant_id  text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    product    text        NOT NULL CHECK (length(product) BETWEEN 1 AND 50),
    kind       text        NOT NULL CHECK (kind IN ('GRANTED', 'USED', 'LEFT', 'RETURNED')),
    amount_won bigint      NOT NULL CHECK (amount_won <> 0 AND (amount_won < 0) = (kind = 'USED')),
    invoice_id uuid        REFERENCES invoice (id),
    reason     text        CHECK (length(reason) BETWEEN 1 AND 200),
    entered_at timestamptz NOT NULL,
    CHECK ((kind = 'GRANTED') = (invoice_id IS NULL)),
    UNIQUE (invoice_id, kind)
);

CREATE INDEX credit_entry_tenant_id ON credit_entry (tenant_id, product, id);

COMMENT ON COLUMN credit_entry.kind IS
    'given by an operator; used by an invoice; left over by one; returned by one that was voided';

CREATE TABLE credit_balance (
    tenant_id   text   NOT NULL,
    product     text   NOT NULL,
    balance_won bigint NOT NULL CHECK (balance_won >= 0),
    PRIMARY KEY (tenant_id, product)
);

CREATE FUNCTION carry_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE credit_balance SET balance_won = balance_won + NEW.amount_won
    WHERE tenant_id = NEW.tenant_id AND product = NEW.product;
    IF NOT FOUND THEN
        INSERT INTO credit_balance (tenant_id, product, balance_won) VALUES (NEW.tenant_id, NEW.product, NEW.amount_won)
        ON CONFLICT (tenant_id, product) DO UPDATE SET balance_won = credit_balance.balance_won + excluded.balance_won;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER carry_credit AFTER INSERT ON credit_entry FOR EACH ROW EXECUTE FUNCTION carry_credit();

CREATE FUNCTION refuse_change_of_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'credit_entry: % (expected: inserts only)', TG_OP;
END
$$;

CREATE TRIGGER refuse_change_of_credit BEFORE UPDATE OR DELETE ON credit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_credit();

-- Less to pay for who knows the code.
CREATE TABLE coupon (
    code            text        PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 50),
    name            text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    percent_off     integer     CHECK (percent_off BETWEEN 1 AND 100),
    won_off         bigint      CHECK (won_off >= 1),
    plans           text[]      CHECK (cardinality(plans) BETWEEN 1 AND 100),
    periods         integer     CHECK (periods BETWEEN 1 AND 1000),
    max_redemptions integer     CHECK (max_redemptions >= 1),
    redeemed        integer     NOT NULL DEFAULT 0 CHECK (redeemed >= 0 AND redeemed <= max_redemptions),
    expires_at      timestamptz,
    withdrawn_at    timestamptz,
    created_at      timestamptz NOT NULL,
    CHECK ((percent_off IS NULL) <> (won_off IS NULL))
);

COMMENT ON COLUMN coupon.plans IS 'plans it is for; null: all';
COMMENT ON COLUMN coupon.periods IS 'periods it takes something off, from the redemption on; null: all';
COMMENT ON COLUMN coupon.max_redemptions IS 'null: any number';

-- A subscription that a coupon takes something off; one coupon at a time.
CREATE TABLE coupon_redemption (
    coupon_code     text        NOT NULL REFERENCES coupon (code),
    subscription_id uuid        NOT NULL REFERENCES subscription (id),
    tenant_id       text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    periods_left    integer     CHECK (periods_left >= 0),
    redeemed_at     timestamptz NOT NULL,
    ended_at        timestamptz,
    PRIMARY KEY (coupon_code, subscription_id)
);

CREATE UNIQUE INDEX coupon_redemption_running ON coupon_redemption (subscription_id) WHERE ended_at IS NULL;

COMMENT ON COLUMN coupon_redemption.periods_left IS 'null: all periods to come';
