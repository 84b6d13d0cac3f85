-- An invoice for which there is nothing to charge is overdue at once, though nothing was declined.
ALTER TABLE dunning_case
    DROP CONSTRAINT dunning_case_declines_check,
    ADD CONSTRAINT dunning_case_declines_check CHECK (declines >= 0);

COMMENT ON COLUMN dunning_case.declines IS 'those that count; 0: there was nothing to charge';

-- Those of them that nobody follows yet are looked for often, and are few.
CREATE INDEX invoice_without_method ON invoice (issued_at, id)
    WHERE status = 'OPEN' AND kind = 'PERIOD' AND billing_method_id IS NULL;
