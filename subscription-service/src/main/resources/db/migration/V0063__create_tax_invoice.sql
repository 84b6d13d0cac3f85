-- Whom a tenant's tax invoices are made out to.
CREATE TABLE tax_profile (
    tenant_id       text        PRIMARY KEY CHECK (length(tenant_id) BETWEEN 1 AND 100),
    business_number text        NOT NULL CHECK (business_number ~ '^[0-9]{10}$'),
    branch          text        CHECK (branch ~ '^[0-9]{4}$'),
    company_name    text        NOT NULL CHECK (length(company_name) BETWEEN 1 AND 70),
    representative  text        NOT NULL CHECK (length(representative) BETWEEN 1 AND 30),
    address         text        CHECK (length(address) BETWEEN 1 AND 150),
    business_type   text        CHECK (length(business_type) BETWEEN 1 AND 40),
    business_item   text        CHECK (length(business_item) BETWEEN 1 AND 40),
    email           text        NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    changed_at      timestamptz NOT NULL
);

COMMENT ON COLUMN tax_profile.business_number IS 'its last digit is checked when it is told';

-- A tax invoice for each invoice that was paid, and one that takes away from it for each credit note.
CREATE TABLE tax_invoice (
    id                uuid        PRIMARY KEY,
    invoice_id        uuid        NOT NULL REFERENCES invoice (id),
    tenant_id         text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    amended           boolean     NOT NULL,
    written_on        date        NOT NULL,
    supply_won        bigint      NOT NULL CHECK (supply_won >= 0),
    vat_won           bigint      NOT NULL CHECK (vat_won >= 0),
    tax_free_won      bigint      NOT NULL CHECK (tax_free_won >= 0),
    item              text        NOT NULL CHECK (length(item) BETWEEN 1 AND 200),
    number            text        NOT NULL CHECK (length(number) BETWEEN 1 AND 30),
    by_billing_method boolean     NOT NULL,
    payment_id        text        CHECK (length(payment_id) BETWEEN 1 AND 100),
    livemode          boolean     NOT NULL,
    created_at        timestamptz NOT NULL,
    CHECK (amended = (id <> invoice_id))
);

CREATE INDEX tax_invoice_tenant ON tax_invoice (tenant_id, created_at DESC, id DESC);
CREATE INDEX tax_invoice_written_on ON tax_invoice (written_on, id);

COMMENT ON COLUMN tax_invoice.id IS 'of the invoice, or of the credit note';
COMMENT ON COLUMN tax_invoice.written_on IS 'day in Seoul on which the money came or went back';
COMMENT ON COLUMN tax_invoice.supply_won IS 'without VAT; of an amended one what it takes away';
COMMENT ON COLUMN tax_invoice.by_billing_method IS 'a registered card was charged, whose slip is the evidence';

-- How payments were made that bought a plan by hand: it decides whether there is a tax invoice.
CREATE TABLE payment_evidence (
    payment_id   text    PRIMARY KEY CHECK (length(payment_id) BETWEEN 1 AND 100),
    method       text    CHECK (length(method) BETWEEN 1 AND 50),
    cash_receipt boolean
);

COMMENT ON COLUMN payment_evidence.method IS 'as Toss names it; null: not told yet';
COMMENT ON COLUMN payment_evidence.cash_receipt IS 'whether the tax office has a cash receipt of it; null: none was heard of';
