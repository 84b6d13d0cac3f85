-- What a service of the version before had written: a subscription in every status, purchases, incidents of every kind,
-- claims, an outbox.
INSERT INTO subscription (id, tenant_id, plan, status, billing_day, activated_at, plan_expires_at, livemode,
    last_order_id, last_payment_id, version)
VALUES
    ('00000000-0000-7000-8000-000000000051', 'tenant-before-active', 'basic', 'ACTIVE', 31, '2026-01-31T03:00:00Z',
        '2026-02-28T03:00:00Z', false, 'ord_before_1', 'before-p1', 1),
    ('00000000-0000-7000-8000-000000000052', 'tenant-before-expired', 'pro', 'EXPIRED', 5, '2025-11-05T03:00:00Z',
        '2025-12-05T03:00:00Z', true, 'ord_before_2', 'before-p2', 4);

INSERT INTO purchase (payment_id, subscription_id, order_id, tenant_id, plan, amount_won, approved_at)
VALUES
    ('before-p1', '00000000-0000-7000-8000-000000000051', 'ord_before_1', 'tenant-before-active', 'basic', 9900,
        '2026-01-31T03:00:00Z'),
    ('before-p2', '00000000-0000-7000-8000-000000000052', 'ord_before_2', 'tenant-before-expired', 'pro', 59000,
        '2025-11-05T03:00:00Z');

INSERT INTO incident (payment_id, kind, order_id, tenant_id, plan, detail, occurred_at)
VALUES
    ('before-p3', 'UNKNOWN_PLAN', 'ord_before_3', 'tenant-before-active', 'gold', 'plan: gold', '2026-01-31T03:00:00Z'),
    ('before-p4', 'UNDERPAID', 'ord_before_4', 'tenant-before-active', 'basic', 'amount: 1', '2026-01-31T03:00:00Z'),
    ('before-p5', 'OVERTAKEN', 'ord_before_5', 'tenant-before-active', 'pro', 'approved at', '2026-01-31T03:00:00Z'),
    ('before-p2', 'MONEY_WENT_BACK', 'ord_before_2', 'tenant-before-expired', NULL, 'refunded', '2026-01-31T03:00:00Z');

INSERT INTO inbox (consumer, message_id) VALUES ('subscription-service.payments', 'before-m1');

INSERT INTO outbox (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload)
VALUES ('00000000-0000-7000-8000-0000000000f1', 'subscription.events', '00000000-0000-7000-8000-000000000051',
    'subscription.activated.v1', 1, 'tenant-before-active', '2026-01-31T03:00:00Z',
    '{"subscriptionId": "00000000-0000-7000-8000-000000000051", "tenantId": "tenant-before-active", "plan": "basic",
      "orderId": "ord_before_1", "paymentId": "before-p1", "livemode": false, "activatedAt": "2026-01-31T03:00:00Z",
      "planExpiresAt": "2026-02-28T03:00:00Z"}');

-- Its relay had worked, under another name here, since a slot does not come along with rows.
INSERT INTO relay_slot (slot_name, database_name, system_identifier, publication_identity, created_lsn, created_at,
    published_lsn, published_beat, published_horizon, published_at)
SELECT 'wonflow_before', current_database(), system_identifier::text, '16400.700 16401.700', '0/1', now(), '0/1', 7, 700,
    now()
FROM pg_control_system();
