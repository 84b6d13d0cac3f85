-- A period that was given up may be asked for again, by who begins again after it; still nobody owes or pays it twice.
DROP INDEX invoice_one_per_period;
CREATE UNIQUE INDEX invoice_one_per_period ON invoice (subscription_id, period_number)
    WHERE kind = 'PERIOD' AND status IN ('OPEN', 'PAID');
