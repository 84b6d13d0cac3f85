-- An order that was called off takes no further try, whatever its payment is doing at that moment.
ALTER TABLE payment ADD COLUMN order_closed_at timestamptz;

COMMENT ON COLUMN payment.order_closed_at IS 'when we learned that the order was called off; no try starts after it';

-- Orders called off before their payment existed. Few: their announcement was a dead letter.
CREATE TABLE closed_order (
    order_id  text        NOT NULL PRIMARY KEY CHECK (length(order_id) BETWEEN 6 AND 64),
    closed_at timestamptz NOT NULL
);
