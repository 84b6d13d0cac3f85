-- A row that refers to a payment waits for whoever holds it, and makes the next one wait: webhooks taken in together held
-- up the confirms they tell of. Rows here are written about payments that were found, and a payment is never deleted.
-- Whoever writes waits behind this lock, so it gives up rather than wait for a long one; the next start tries again.
SET LOCAL lock_timeout = '500ms';
LOCK TABLE payment, toss_webhook, status_check IN ACCESS EXCLUSIVE MODE;

ALTER TABLE toss_webhook DROP CONSTRAINT toss_webhook_payment_id_fkey;
ALTER TABLE status_check DROP CONSTRAINT status_check_payment_id_fkey;
