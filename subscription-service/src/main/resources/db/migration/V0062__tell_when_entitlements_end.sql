-- When access ends by itself, for whoever enforces it without asking; and whether real money paid for it.
ALTER TABLE entitlement ADD COLUMN ends_at timestamptz;
ALTER TABLE entitlement ADD COLUMN livemode boolean NOT NULL DEFAULT false;

COMMENT ON TABLE entitlement IS 'as it was last told';
COMMENT ON COLUMN entitlement.ends_at IS 'null: it goes on until something happens';
COMMENT ON COLUMN entitlement.version IS 'counts what was told of this tenant and product; ce_sequence of the event';
