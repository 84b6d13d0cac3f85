-- What of a price carries no VAT: of all plans so far, nothing. Readers wait behind the lock, so this gives up rather than
-- wait for a long one, and the next start tries again.
SET LOCAL lock_timeout = '500ms';

ALTER TABLE plan_version
    ADD COLUMN tax_free_won bigint NOT NULL DEFAULT 0 CHECK (tax_free_won BETWEEN 0 AND price_won);

COMMENT ON COLUMN plan_version.tax_free_won IS 'part of price_won that carries no VAT; the same part of what else is sold of it';
