-- By what Toss's webhooks about a payment are recognised, sealed. payment.secret is where versions before kept it in clear;
-- it is sealed and emptied while the service runs, and goes when none of those versions can come back.
SET LOCAL lock_timeout = '500ms';

CREATE TABLE payment_secret (
    payment_id   uuid    NOT NULL PRIMARY KEY REFERENCES payment (id),
    sealed       bytea   NOT NULL CHECK (octet_length(sealed) BETWEEN 1 AND 1000),
    sealed_under integer NOT NULL
);

COMMENT ON COLUMN payment_secret.sealed IS 'bound to the tenant and the payment';
COMMENT ON COLUMN payment_secret.sealed_under IS 'number of the key of the keyset it is sealed under';

CREATE INDEX payment_secret_seal ON payment_secret (sealed_under);
-- Empty once all are sealed. On a large table make it before the upgrade, with CREATE INDEX CONCURRENTLY.
CREATE INDEX IF NOT EXISTS payment_clear_secret ON payment (id) WHERE secret IS NOT NULL;
