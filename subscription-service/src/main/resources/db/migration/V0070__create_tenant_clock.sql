-- Tenants that are ahead of all others, where the clock can be moved; never where money is real.
CREATE TABLE tenant_clock (
    tenant_id text        NOT NULL PRIMARY KEY CHECK (length(tenant_id) BETWEEN 1 AND 100),
    ahead     interval    NOT NULL CHECK (ahead > interval '0' AND ahead <= interval '3660 days'),
    moved_at  timestamptz NOT NULL
);

COMMENT ON COLUMN tenant_clock.ahead IS 'of the service''s time; it only grows';
COMMENT ON COLUMN tenant_clock.moved_at IS 'by the service''s time';
