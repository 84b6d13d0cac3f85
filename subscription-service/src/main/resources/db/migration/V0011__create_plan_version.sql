-- What was said about each plan: a price, another one, or that it is not on sale any more. Insert-only.
CREATE TABLE plan_version (
    plan_id   text        NOT NULL CHECK (length(plan_id) BETWEEN 1 AND 50),
    version   bigint      NOT NULL CHECK (version >= 1),
    name      text        CHECK (length(name) BETWEEN 1 AND 100),
    price_won bigint      CHECK (price_won >= 100),
    said_at   timestamptz NOT NULL,
    PRIMARY KEY (plan_id, version),
    CHECK ((name IS NULL) = (price_won IS NULL))
);

COMMENT ON COLUMN plan_version.version IS 'counts what was said about the plan; ce_sequence of the event';
COMMENT ON COLUMN plan_version.price_won IS 'for one month; null: withdrawn';
