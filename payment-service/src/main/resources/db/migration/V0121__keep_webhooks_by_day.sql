-- Webhooks that are answered, by the day of their answer, so that forgetting them drops a table and leaves nothing to
-- vacuum. toss_webhook keeps those that are not, and what was answered before this version: it goes as it did, row by row.
-- No foreign key: dropping a day would have to lock the payments.
CREATE TABLE toss_webhook_log (
    id          uuid        NOT NULL,
    received_at timestamptz NOT NULL,
    shape       text        NOT NULL CHECK (length(shape) BETWEEN 1 AND 20),
    event_type  text        CHECK (length(event_type) <= 100),
    grade       text        NOT NULL CHECK (grade IN ('SIGNED', 'SECRET_MATCHED', 'FETCHED_BACK', 'UNVERIFIED')),
    order_id    text        CHECK (length(order_id) <= 200),
    payment_key text        CHECK (length(payment_key) <= 200),
    status      text        CHECK (length(status) <= 50),
    payment_id  uuid        NOT NULL,
    outcome     text        NOT NULL CHECK (outcome IN ('NOT_ABOUT_A_PAYMENT', 'UNKNOWN_PAYMENT', 'ALREADY_KNOWN',
        'NO_CHANGE', 'APPLIED', 'INCIDENT')),
    handled_at  timestamptz NOT NULL
) PARTITION BY RANGE (handled_at);

-- About nothing of ours. Anybody can send those, so they go sooner.
CREATE TABLE toss_webhook_not_ours (
    LIKE toss_webhook_log INCLUDING CONSTRAINTS
) PARTITION BY RANGE (handled_at);
ALTER TABLE toss_webhook_not_ours ALTER COLUMN payment_id DROP NOT NULL;

-- For rows of a day whose partition does not exist yet, so that no answer fails for want of one.
CREATE TABLE toss_webhook_log_default PARTITION OF toss_webhook_log DEFAULT;
CREATE TABLE toss_webhook_not_ours_default PARTITION OF toss_webhook_not_ours DEFAULT;

CREATE INDEX toss_webhook_log_of_payment ON toss_webhook_log (payment_id);

CREATE VIEW toss_webhook_all AS
SELECT id, received_at, shape, event_type, grade, order_id, payment_key, status, payment_id, outcome, handled_at
FROM toss_webhook
UNION ALL
SELECT id, received_at, shape, event_type, grade, order_id, payment_key, status, payment_id, outcome, handled_at
FROM toss_webhook_log
UNION ALL
SELECT id, received_at, shape, event_type, grade, order_id, payment_key, status, payment_id, outcome, handled_at
FROM toss_webhook_not_ours;

COMMENT ON TABLE toss_webhook IS 'those not answered yet, and those answered before there were days';
COMMENT ON TABLE toss_webhook_log IS 'answered webhooks about payments of ours';
COMMENT ON TABLE toss_webhook_not_ours IS 'webhooks about nothing of ours';
COMMENT ON VIEW toss_webhook_all IS 'every webhook that is kept, for people';
