-- What a service of the version before had written: an order in every status, its payments' news, claims, an outbox.
INSERT INTO sales_order (id, tenant_id, request_id, name, amount_won, plan, customer_id, status, checking, paid_by,
    cancel_reason, placed_at, expires_at, version)
VALUES
    ('ord_before_pending', 'default', NULL, '머그컵', 24000, NULL, NULL, 'PENDING', NULL, NULL, NULL,
        '2026-01-05T03:00:00Z', '2099-01-01T00:00:00Z', 1),
    ('ord_before_asked', 'hanbit-studio', 'req-before', '머그컵', 24000, NULL, 'buyer-7', 'PENDING', NULL, NULL, NULL,
        '2026-01-05T03:00:00Z', '2099-01-01T00:00:00Z', 1),
    ('ord_before_due', 'default', '/shop|req-due', '머그컵', 24000, NULL, NULL, 'PENDING', NULL, NULL, NULL,
        '2026-01-05T03:00:00Z', '2026-01-06T03:00:00Z', 1),
    ('ord_before_checked', 'default', NULL, '머그컵', 24000, NULL, NULL, 'PENDING',
        '00000000-0000-7000-8000-0000000000c1', NULL, NULL, '2026-01-05T03:00:00Z', '2026-01-06T03:00:00Z', 2),
    ('ord_before_confirmed', 'default', NULL, '팀 요금제', 24000, 'team', NULL, 'CONFIRMED', NULL,
        '00000000-0000-7000-8000-0000000000c2', NULL, '2026-01-05T03:00:00Z', '2026-01-06T03:00:00Z', 2),
    ('ord_before_on_hold', 'default', NULL, '머그컵', 24000, NULL, NULL, 'ON_HOLD', NULL,
        '00000000-0000-7000-8000-0000000000c3', NULL, '2026-01-05T03:00:00Z', '2026-01-06T03:00:00Z', 3),
    ('ord_before_still_on_hold', 'default', NULL, '머그컵', 24000, NULL, NULL, 'ON_HOLD', NULL,
        '00000000-0000-7000-8000-0000000000c7', NULL, '2026-01-05T03:00:00Z', '2026-01-06T03:00:00Z', 3),
    ('ord_before_shipped', 'default', NULL, '머그컵', 24000, NULL, NULL, 'SHIPPED', NULL,
        '00000000-0000-7000-8000-0000000000c4', NULL, '2026-01-05T03:00:00Z', '2026-01-06T03:00:00Z', 3),
    ('ord_before_left', 'default', NULL, '머그컵', 24000, NULL, NULL, 'CANCELLED', NULL, NULL, 'BUYER_CANCELED',
        '2026-01-05T03:00:00Z', '2026-01-06T03:00:00Z', 2),
    ('ord_before_late', 'default', NULL, '머그컵', 24000, NULL, NULL, 'CANCELLED', NULL, NULL, 'EXPIRED',
        '2026-01-05T03:00:00Z', '2026-01-06T03:00:00Z', 2),
    ('ord_before_refunded', 'default', NULL, '머그컵', 24000, NULL, NULL, 'CANCELLED', NULL,
        '00000000-0000-7000-8000-0000000000c5', 'REFUNDED', '2026-01-05T03:00:00Z', '2026-01-06T03:00:00Z', 3),
    ('ord_before_called_off', 'default', NULL, '머그컵', 24000, NULL, NULL, 'CANCELLED', NULL, NULL, 'REQUESTED',
        '2026-01-05T03:00:00Z', '2026-01-06T03:00:00Z', 2);

INSERT INTO sales_order_item (order_id, position, sku, name, unit_price_won, quantity)
SELECT id, 0, 'MUG', '머그컵', 12000, 2
FROM sales_order;

INSERT INTO payment_mark (payment_id, order_id, sequence)
VALUES
    ('00000000-0000-7000-8000-0000000000c1', 'ord_before_checked', 3),
    ('00000000-0000-7000-8000-0000000000c2', 'ord_before_confirmed', 3),
    ('00000000-0000-7000-8000-0000000000c3', 'ord_before_on_hold', 4);

INSERT INTO payment_note (order_id, payment_id, kind, code, message, noted_at)
VALUES
    ('ord_before_confirmed', '00000000-0000-7000-8000-0000000000c2', 'FAILURE', 'REJECT_CARD_COMPANY', '한도 초과',
        '2026-01-05T03:00:10Z'),
    ('ord_before_late', '00000000-0000-7000-8000-0000000000c6', 'INCIDENT', 'PAID_AFTER_CANCELLATION', NULL,
        '2026-01-07T03:00:00Z');

INSERT INTO inbox (consumer, message_id)
VALUES
    ('order-service.checkout', 'req-before'),
    ('order-service.checkout', '/shop|req-due'),
    ('order-service.payments', '00000000-0000-7000-8000-0000000000e1');

INSERT INTO outbox (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload)
VALUES ('00000000-0000-7000-8000-0000000000f1', 'order.events', 'ord_before_shipped', 'order.shipped.v1', 3, 'default',
    '2026-01-06T03:00:00Z',
    '{"orderId": "ord_before_shipped", "tenantId": "default", "shippedAt": "2026-01-06T03:00:00Z"}');

-- Its relay had worked, under another name here, since a slot does not come along with rows.
INSERT INTO relay_slot (slot_name, database_name, system_identifier, publication_identity, created_lsn, created_at,
    published_lsn, published_beat, published_horizon, published_at)
SELECT 'wonflow_before', current_database(), system_identifier::text, '16400.700 16401.700', '0/1', now(), '0/1', 7, 700,
    now()
FROM pg_control_system();
