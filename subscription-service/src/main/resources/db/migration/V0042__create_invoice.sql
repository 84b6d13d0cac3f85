-- What a tenant owes for a period, or for a change within one.
CREATE TABLE invoice (
    id                uuid        PRIMARY KEY,
    subscription_id   uuid        NOT NULL REFERENCES subscription (id),
    tenant_id         text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    product           text        NOT NULL CHECK (length(product) BETWEEN 1 AND 50),
    kind              text        NOT NULL CHECK (kind IN ('PERIOD', 'CHANGE')),
    period_number     bigint      NOT NULL CHECK (period_number >= 0),
    change_id         uuid,
    plan              text        NOT NULL CHECK (length(plan) BETWEEN 1 AND 100),
    plan_version      bigint      NOT NULL CHECK (plan_version >= 0),
    quantity          integer     NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
    period_start      timestamptz NOT NULL,
    period_end        timestamptz NOT NULL CHECK (period_end > period_start),
    period_value_won  bigint      NOT NULL CHECK (period_value_won >= 0),
    status            text        NOT NULL CHECK (status IN ('OPEN', 'PAID', 'VOID', 'UNCOLLECTIBLE')),
    total_won         bigint      NOT NULL CHECK (total_won >= 0),
    tax_free_won      bigint      NOT NULL CHECK (tax_free_won BETWEEN 0 AND total_won),
    vat_won           bigint      NOT NULL CHECK (vat_won BETWEEN 0 AND total_won),
    discount_won      bigint      NOT NULL CHECK (discount_won >= 0),
    credit_used_won   bigint      NOT NULL CHECK (credit_used_won >= 0),
    credit_left_won   bigint      NOT NULL CHECK (credit_left_won >= 0),
    refunded_won      bigint      NOT NULL DEFAULT 0 CHECK (refunded_won BETWEEN 0 AND total_won),
    livemode          boolean,
    billing_method_id uuid,
    issued_at         timestamptz NOT NULL,
    due_at            timestamptz NOT NULL,
    paid_at           timestamptz,
    ended_at          timestamptz,
    payment_id        text        CHECK (length(payment_id) BETWEEN 1 AND 100),
    order_id          text        CHECK (length(order_id) BETWEEN 1 AND 100),
    receipt_year      integer     CHECK (receipt_year BETWEEN 2000 AND 9999),
    receipt_number    bigint      CHECK (receipt_number >= 1),
    version           bigint      NOT NULL,
    CHECK ((kind = 'CHANGE') = (change_id IS NOT NULL)),
    CHECK ((status = 'PAID') = (paid_at IS NOT NULL)),
    CHECK ((status = 'PAID') = (receipt_number IS NOT NULL)),
    CHECK ((receipt_year IS NULL) = (receipt_number IS NULL)),
    CHECK ((status IN ('VOID', 'UNCOLLECTIBLE')) = (ended_at IS NOT NULL)),
    UNIQUE (receipt_year, receipt_number)
);

-- Nobody owes twice for the same period, whatever runs at the same time.
CREATE UNIQUE INDEX invoice_one_per_period ON invoice (subscription_id, period_number)
    WHERE kind = 'PERIOD' AND status <> 'VOID';
CREATE UNIQUE INDEX invoice_one_per_change ON invoice (subscription_id, change_id) WHERE kind = 'CHANGE';
CREATE UNIQUE INDEX invoice_payment_id ON invoice (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX invoice_tenant_id ON invoice (tenant_id, issued_at DESC, id DESC);
CREATE INDEX invoice_open ON invoice (subscription_id) WHERE status = 'OPEN';

COMMENT ON COLUMN invoice.period_number IS 'period it is for, or within which the change happens';
COMMENT ON COLUMN invoice.period_value_won IS 'what a whole period of its terms is worth after discount';
COMMENT ON COLUMN invoice.total_won IS 'what is to be paid, VAT included: the sum of its lines';
COMMENT ON COLUMN invoice.tax_free_won IS 'part of the total that is free of VAT';
COMMENT ON COLUMN invoice.vat_won IS 'part of the total: an eleventh of what is not free of it, half up';
COMMENT ON COLUMN invoice.credit_left_won IS 'what it leaves over for the tenant as credit, once it is settled';
COMMENT ON COLUMN invoice.refunded_won IS 'part of the total that went back';
COMMENT ON COLUMN invoice.livemode IS 'whether real money paid it; null: not paid, or nothing to pay';
COMMENT ON COLUMN invoice.due_at IS 'when it is charged first';
COMMENT ON COLUMN invoice.receipt_number IS 'without gaps within a year in Seoul';

CREATE TABLE invoice_line (
    invoice_id   uuid        NOT NULL REFERENCES invoice (id),
    position     integer     NOT NULL CHECK (position BETWEEN 1 AND 100),
    kind         text        NOT NULL CHECK (kind IN ('PLAN', 'SEATS', 'PRORATION_CREDIT', 'PRORATION_CHARGE',
        'DISCOUNT', 'CREDIT', 'CREDIT_LEFT', 'WAIVED')),
    about        text        NOT NULL CHECK (length(about) BETWEEN 1 AND 200),
    quantity     integer     NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
    unit_won     bigint      NOT NULL,
    amount_won   bigint      NOT NULL,
    PRIMARY KEY (invoice_id, position)
);

COMMENT ON COLUMN invoice_line.about IS 'name of the plan, or code of the coupon';
COMMENT ON COLUMN invoice_line.amount_won IS 'what it adds to the total; below 0 for what it takes away';

-- Numbers without gaps: a row for each kind and year, advanced in the transaction that uses the number.
CREATE TABLE document_number (
    kind text    NOT NULL CHECK (kind IN ('RECEIPT', 'CREDIT_NOTE')),
    year integer NOT NULL CHECK (year BETWEEN 2000 AND 9999),
    last bigint  NOT NULL CHECK (last >= 0),
    PRIMARY KEY (kind, year)
);

-- Money of a paid invoice that went back.
CREATE TABLE credit_note (
    id         uuid        PRIMARY KEY,
    year       integer     NOT NULL,
    number     bigint      NOT NULL CHECK (number >= 1),
    invoice_id uuid        NOT NULL REFERENCES invoice (id),
    tenant_id  text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    payment_id text        NOT NULL CHECK (length(payment_id) BETWEEN 1 AND 100),
    amount_won bigint      NOT NULL CHECK (amount_won > 0),
    vat_won    bigint      NOT NULL CHECK (vat_won BETWEEN 0 AND amount_won),
    reason     text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
    issued_at  timestamptz NOT NULL,
    UNIQUE (year, number)
);

CREATE INDEX credit_note_invoice_id ON credit_note (invoice_id);
