-- One more reason.
ALTER TABLE sales_order
    DROP CONSTRAINT sales_order_cancel_reason_check,
    ADD CONSTRAINT sales_order_cancel_reason_check
        CHECK (cancel_reason IN ('BUYER_CANCELED', 'EXPIRED', 'NOT_ON_SALE', 'REFUNDED', 'REQUESTED'));
