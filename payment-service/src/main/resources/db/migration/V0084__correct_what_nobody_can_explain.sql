-- A difference that stands can be moved to suspense, once for each case.
SET LOCAL lock_timeout = '500ms';

ALTER TABLE ledger_entry
    DROP CONSTRAINT ledger_entry_kind_check,
    ADD CONSTRAINT ledger_entry_kind_check CHECK (kind IN ('CAPTURED', 'REVERSED', 'OWED', 'REFUNDED', 'SETTLED',
        'PAID_OUT', 'CORRECTED')),
    DROP CONSTRAINT ledger_entry_check,
    ADD CONSTRAINT ledger_entry_check CHECK ((kind IN ('SETTLED', 'PAID_OUT', 'CORRECTED')) = (reference IS NOT NULL));

COMMENT ON COLUMN ledger_entry.reference IS 'transaction at Toss that was settled or paid out, case that was corrected; null for a step of the payment';

ALTER TABLE reconciliation_case ADD COLUMN correction_won bigint CHECK (correction_won <> 0);

COMMENT ON COLUMN reconciliation_case.correction_won IS 'what was added to the receivable, and taken from suspense; null if nothing was';
