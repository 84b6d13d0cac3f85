-- How a tenant whose charge was declined is treated; the row of no tenant holds for all that have none of their own.
CREATE TABLE dunning_policy (
    tenant_id             text        PRIMARY KEY CHECK (length(tenant_id) BETWEEN 0 AND 100),
    days_between_attempts integer[]   NOT NULL CHECK (cardinality(days_between_attempts) BETWEEN 0 AND 20),
    quiet_from            time,
    quiet_to              time,
    maintenance           text[]      NOT NULL CHECK (cardinality(maintenance) BETWEEN 0 AND 10),
    grace_days            integer     NOT NULL CHECK (grace_days BETWEEN 0 AND 365),
    restricted_days       integer     NOT NULL CHECK (restricted_days BETWEEN 0 AND 365),
    suspended_days        integer     NOT NULL CHECK (suspended_days BETWEEN 0 AND 365),
    final_action          text        NOT NULL CHECK (final_action IN ('CANCEL', 'STAY_SUSPENDED')),
    changed_at            timestamptz NOT NULL,
    CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
);

COMMENT ON COLUMN dunning_policy.tenant_id IS 'empty: for all that have none of their own';
COMMENT ON COLUMN dunning_policy.maintenance IS 'times in Seoul, such as 23:30-00:30';

-- An invoice whose charge was declined, until it is paid or nobody tries any more.
CREATE TABLE dunning_case (
    invoice_id       uuid        PRIMARY KEY REFERENCES invoice (id),
    subscription_id  uuid        NOT NULL REFERENCES subscription (id),
    tenant_id        text        NOT NULL CHECK (length(tenant_id) BETWEEN 1 AND 100),
    stage            text        NOT NULL CHECK (stage IN ('GRACE', 'RESTRICTED', 'SUSPENDED', 'ENDED', 'RECOVERED')),
    stage_until      timestamptz,
    declines         integer     NOT NULL CHECK (declines >= 1),
    waits_for_method boolean     NOT NULL,
    remind_at        timestamptz,
    next_attempt_at  timestamptz,
    next_occasion    text        CHECK (next_occasion IN ('RETRY', 'NEW_METHOD', 'ASKED')),
    opened_at        timestamptz NOT NULL,
    closed_at        timestamptz,
    CHECK ((stage IN ('ENDED', 'RECOVERED')) = (closed_at IS NOT NULL)),
    CHECK ((next_attempt_at IS NULL) = (next_occasion IS NULL)),
    CHECK (closed_at IS NULL OR (stage_until IS NULL AND remind_at IS NULL AND next_attempt_at IS NULL))
);

-- When there is next something to do; nulls are passed over by least.
CREATE INDEX dunning_case_due ON dunning_case (least(stage_until, remind_at, next_attempt_at)) WHERE closed_at IS NULL;
CREATE INDEX dunning_case_subscription_id ON dunning_case (subscription_id) WHERE closed_at IS NULL;

COMMENT ON COLUMN dunning_case.declines IS 'those that count';
COMMENT ON COLUMN dunning_case.waits_for_method IS 'nothing helps but another card or account';
COMMENT ON COLUMN dunning_case.remind_at IS 'when the tenant is told that it is tried again; null: it was, or need not be';
