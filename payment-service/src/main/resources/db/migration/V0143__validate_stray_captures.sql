-- Reads the whole ledger, and lets everybody else go on meanwhile.
ALTER TABLE ledger_entry VALIDATE CONSTRAINT ledger_entry_kind_check;
ALTER TABLE ledger_entry VALIDATE CONSTRAINT ledger_entry_check;
