-- What a service of the version before had written: a payment in every status, its tries, what Toss has to be asked,
-- incidents, webhooks, claims, an outbox.
INSERT INTO payment (id, order_id, tenant_id, order_name, amount_won, plan, customer_key, livemode, status, payment_key,
    method, balance_won, approved_at, due_at, secret, last_transaction_key, failure_code, failure_message, requested_at,
    changed_at, version)
VALUES
    ('00000000-0000-7000-8000-0000000000a1', 'ord_before_requested', 'default', '머그컵', 33000, NULL, NULL, false,
        'REQUESTED', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), now(), 1),
    ('00000000-0000-7000-8000-0000000000a2', 'ord_before_confirming', 'default', '머그컵', 33000, NULL, NULL, false,
        'CONFIRMING', 'key-confirming', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now() - interval '2 minutes',
        now() - interval '2 minutes', 2),
    ('00000000-0000-7000-8000-0000000000a3', 'ord_before_unknown', 'default', '머그컵', 33000, NULL, NULL, false,
        'UNKNOWN', 'key-unknown', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), now(), 3),
    ('00000000-0000-7000-8000-0000000000a4', 'ord_before_waiting_for_deposit', 'default', '머그컵', 33000, NULL, NULL,
        false, 'WAITING_FOR_DEPOSIT', 'key-waiting', '가상계좌', 33000, NULL, '2099-01-01T00:00:00Z', 'ps_waiting',
        'tx-waiting', NULL, NULL, now(), now(), 3),
    ('00000000-0000-7000-8000-0000000000a5', 'ord_before_paid', 'hanbit-studio', '팀 요금제', 29000, 'team',
        'customer-5', false, 'PAID', 'key-paid', '카드', 29000, '2026-01-05T03:00:32Z', NULL, 'ps_paid', 'tx-paid',
        NULL, NULL, '2026-01-05T03:00:00Z', '2026-01-05T03:00:32Z', 3),
    ('00000000-0000-7000-8000-0000000000a6', 'ord_before_failed', 'default', '머그컵', 33000, NULL, NULL, false,
        'FAILED', 'key-failed', NULL, NULL, NULL, NULL, NULL, NULL, 'REJECT_CARD_COMPANY', '한도 초과', now(), now(), 3),
    ('00000000-0000-7000-8000-0000000000a7', 'ord_before_canceled', 'default', '머그컵', 33000, NULL, NULL, false,
        'CANCELED', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), now(), 2),
    ('00000000-0000-7000-8000-0000000000a8', 'ord_before_partially_refunded', 'default', '머그컵', 33000, NULL, NULL,
        false, 'PARTIALLY_REFUNDED', 'key-partly', '카드', 21000, '2026-01-05T03:00:32Z', NULL, 'ps_partly',
        'tx-partly', NULL, NULL, '2026-01-05T03:00:00Z', '2026-01-07T03:00:00Z', 4),
    ('00000000-0000-7000-8000-0000000000a9', 'ord_before_refunded', 'default', '머그컵', 33000, NULL, NULL, false,
        'REFUNDED', 'key-refunded', '카드', 0, '2026-01-05T03:00:32Z', NULL, 'ps_refunded', 'tx-refunded', NULL, NULL,
        '2026-01-05T03:00:00Z', '2026-01-07T03:00:00Z', 4),
    ('00000000-0000-7000-8000-0000000000aa', 'ord_before_cheap_plan', 'default', '팀 요금제', 100, 'team', NULL, false,
        'REQUESTED', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), now(), 1),
    ('00000000-0000-7000-8000-0000000000ab', 'ord_before_planned_by_it', 'default', '머그컵', 33000, NULL, NULL, false,
        'UNKNOWN', 'key-planned-by-it', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), now(), 3),
    ('00000000-0000-7000-8000-0000000000ac', 'ord_before_hinted_to_it', 'default', '머그컵', 33000, NULL, NULL, false,
        'UNKNOWN', 'key-hinted-to-it', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), now(), 3),
    ('00000000-0000-7000-8000-0000000000ad', 'ord_before_settled_by_it', 'default', '머그컵', 33000, NULL, NULL, false,
        'UNKNOWN', 'key-settled-by-it', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), now(), 3);

INSERT INTO payment_attempt (payment_key, payment_id, order_id, amount_won, idempotency_key, started_at, outcome, code,
    noted_at)
SELECT payment_key, id, order_id, amount_won, order_id || ':' || payment_key, changed_at,
    nullif(status, 'CONFIRMING'), CASE status WHEN 'UNKNOWN' THEN 'TIMEOUT' WHEN 'FAILED' THEN failure_code END,
    CASE WHEN status <> 'CONFIRMING' THEN changed_at END
FROM payment
WHERE payment_key IS NOT NULL;

INSERT INTO payment_inquiry (payment_id, required, due_at, leased_until, asked_at, tries, hints)
VALUES
    ('00000000-0000-7000-8000-0000000000a2', true, '2099-01-01T00:00:00Z', NULL, NULL, 0, 0),
    ('00000000-0000-7000-8000-0000000000a3', true, '2099-01-01T00:00:00Z', '2026-01-05T03:00:00Z',
        '2026-01-05T03:00:00Z', 3, 0),
    ('00000000-0000-7000-8000-0000000000a5', false, NULL, NULL, now(), 0, 0);

INSERT INTO payment_incident (payment_id, kind, detail, times, first_at, last_at)
VALUES ('00000000-0000-7000-8000-0000000000a1', 'AMOUNT_TAMPERED', 'amount: 100 KRW (expected: 33000 KRW)', 2,
    '2026-01-05T03:00:00Z', '2026-01-05T03:00:01Z');

INSERT INTO toss_webhook (id, received_at, shape, event_type, grade, order_id, payment_key, status, payment_id, outcome,
    handled_at)
VALUES
    ('00000000-0000-7000-8000-0000000000d1', '2026-01-05T03:00:40Z', 'CLASSIC', 'PAYMENT_STATUS_CHANGED', 'FETCHED_BACK',
        'ord_before_paid', 'key-paid', 'DONE', '00000000-0000-7000-8000-0000000000a5', 'NO_CHANGE',
        '2026-01-05T03:00:41Z'),
    ('00000000-0000-7000-8000-0000000000d2', '2026-01-05T03:00:40Z', 'UNKNOWN', NULL, 'UNVERIFIED', NULL, NULL, NULL,
        NULL, 'NOT_ABOUT_A_PAYMENT', '2026-01-05T03:00:41Z'),
    ('00000000-0000-7000-8000-0000000000d3', now(), 'CLASSIC', 'PAYMENT_STATUS_CHANGED', 'UNVERIFIED',
        'ord_before_unknown', 'key-unknown', 'DONE', '00000000-0000-7000-8000-0000000000a3', NULL, NULL);

INSERT INTO inbox (consumer, message_id)
VALUES ('payment-service.order-events', 'before-1'), ('payment-service.toss-webhooks', 'before-2');

INSERT INTO outbox (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload)
VALUES ('00000000-0000-7000-8000-0000000000f1', 'payment.events', 'ord_before_canceled', 'payment.canceled.v1', 2,
    'default', '2026-01-05T03:00:20Z',
    '{"paymentId": "00000000-0000-7000-8000-0000000000a7", "orderId": "ord_before_canceled", "tenantId": "default",
      "amount": 33000, "currency": "KRW", "livemode": false, "reason": "PAY_PROCESS_CANCELED",
      "canceledAt": "2026-01-05T03:00:20Z"}');

-- Its relay had worked, under another name here, since a slot does not come along with rows.
INSERT INTO relay_slot (slot_name, database_name, system_identifier, publication_identity, created_lsn, created_at,
    published_lsn, published_beat, published_horizon, published_at)
SELECT 'wonflow_before', current_database(), system_identifier::text, '16400.700 16401.700', '0/1', now(), '0/1', 7, 700,
    now()
FROM pg_control_system();
