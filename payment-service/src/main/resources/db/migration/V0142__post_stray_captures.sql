-- Stray captures are in the ledger for as long as Toss holds them. No row can break the wider rule, so that the next
-- migration validates it without keeping anybody waiting.
SET LOCAL lock_timeout = '500ms';

ALTER TABLE ledger_entry
    DROP CONSTRAINT ledger_entry_kind_check,
    ADD CONSTRAINT ledger_entry_kind_check CHECK (kind IN ('CAPTURED', 'REVERSED', 'OWED', 'REFUNDED', 'SETTLED',
        'PAID_OUT', 'CORRECTED', 'STRAY_CAPTURED', 'STRAY_CLEARED')) NOT VALID,
    DROP CONSTRAINT ledger_entry_check,
    ADD CONSTRAINT ledger_entry_check CHECK ((kind IN ('SETTLED', 'PAID_OUT', 'CORRECTED', 'STRAY_CAPTURED',
        'STRAY_CLEARED')) = (reference IS NOT NULL)) NOT VALID;

COMMENT ON COLUMN ledger_entry.reference IS 'transaction at Toss that was settled or paid out, case that was corrected, paymentKey of a stray capture; null for a step of the payment';
