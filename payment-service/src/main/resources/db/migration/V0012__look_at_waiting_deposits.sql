ALTER TABLE payment ADD COLUMN reversed_at timestamptz;

COMMENT ON COLUMN payment.reversed_at IS 'when the deposit awaited again was taken back';

-- Payments that have been waiting since before waiting ones were looked at; not all at once.
INSERT INTO payment_inquiry (payment_id, required, due_at)
SELECT id, true, now() + random() * interval '6 hours' FROM payment WHERE status = 'WAITING_FOR_DEPOSIT'
ON CONFLICT (payment_id) DO UPDATE SET required = true, due_at = excluded.due_at;
