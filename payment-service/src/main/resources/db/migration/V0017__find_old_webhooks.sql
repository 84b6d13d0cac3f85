-- For forgetting answered webhooks by age, and sooner those about nothing of ours. Unanswered ones are in neither.
CREATE INDEX toss_webhook_answered ON toss_webhook (handled_at) WHERE outcome IS NOT NULL;
CREATE INDEX toss_webhook_stray ON toss_webhook (handled_at) WHERE payment_id IS NULL;
