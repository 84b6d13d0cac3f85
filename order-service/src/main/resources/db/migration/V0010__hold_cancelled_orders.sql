-- Money that comes after an order was called off puts it on hold; why it was called off is kept.
ALTER TABLE sales_order DROP CONSTRAINT sales_order_check;
ALTER TABLE sales_order ADD CHECK (status <> 'CANCELLED' OR cancel_reason IS NOT NULL);
ALTER TABLE sales_order ADD CHECK (cancel_reason IS NULL OR status IN ('CANCELLED', 'ON_HOLD'));

COMMENT ON COLUMN sales_order.paid_by IS 'payment that confirmed the order, or came after it was called off';
COMMENT ON COLUMN sales_order.cancel_reason IS 'why it was called off; kept while late money holds it';
