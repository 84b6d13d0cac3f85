-- What a plan is besides its name and price: how long a period is, a trial, seats, limits. What was said before was said of
-- plans of a month without any of these. Its readers wait behind the lock, so this gives up rather than wait for a long one,
-- and the next start tries again.
SET LOCAL lock_timeout = '500ms';

ALTER TABLE plan_version
    ADD COLUMN product            text    NOT NULL DEFAULT 'default' CHECK (length(product) BETWEEN 1 AND 50),
    ADD COLUMN interval_unit      text    NOT NULL DEFAULT 'MONTH'
        CHECK (interval_unit IN ('DAY', 'WEEK', 'MONTH', 'YEAR')),
    ADD COLUMN interval_count     integer NOT NULL DEFAULT 1 CHECK (interval_count BETWEEN 1 AND 1000),
    ADD COLUMN trial_days         integer NOT NULL DEFAULT 0 CHECK (trial_days BETWEEN 0 AND 730),
    ADD COLUMN trial_needs_method boolean NOT NULL DEFAULT true,
    ADD COLUMN included_seats     integer NOT NULL DEFAULT 1 CHECK (included_seats BETWEEN 1 AND 1000000),
    ADD COLUMN seat_price_won     bigint  NOT NULL DEFAULT 0 CHECK (seat_price_won BETWEEN 0 AND 1000000000),
    ADD COLUMN max_seats          integer CHECK (max_seats >= included_seats),
    ADD COLUMN limits             jsonb   NOT NULL DEFAULT '{}' CHECK (octet_length(limits::text) <= 16384),
    ADD COLUMN change_notice_days integer NOT NULL DEFAULT 30 CHECK (change_notice_days BETWEEN 0 AND 365),
    ADD COLUMN source             text    NOT NULL DEFAULT 'CONFIGURATION' CHECK (source IN ('CONFIGURATION', 'API'));

COMMENT ON COLUMN plan_version.price_won IS 'of one period with the included seats; null: withdrawn';
COMMENT ON COLUMN plan_version.product IS 'what it is a plan of; a tenant has one subscription to each product';
COMMENT ON COLUMN plan_version.interval_count IS 'units that make a period';
COMMENT ON COLUMN plan_version.trial_needs_method IS 'whether a trial begins only with a billing method';
COMMENT ON COLUMN plan_version.seat_price_won IS 'of one period, for each seat beyond the included ones';
COMMENT ON COLUMN plan_version.max_seats IS 'null: any number';
COMMENT ON COLUMN plan_version.limits IS 'features (list of names) and quotas (name to number); for others to enforce';
COMMENT ON COLUMN plan_version.change_notice_days IS 'how long before its price changes a subscriber is told';
COMMENT ON COLUMN plan_version.source IS 'who said it; what the API said, settings do not change any more';
