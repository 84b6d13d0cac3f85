-- Other services learn of billing methods from events; of those that are here nobody has been told.
ALTER TABLE billing_method ADD COLUMN announced boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN billing_method.announced IS
    'whether payment.billing-method-registered.v1 was written; false for what a version before it registers';

CREATE INDEX billing_method_unannounced ON billing_method (id) WHERE NOT announced AND status = 'ACTIVE';
