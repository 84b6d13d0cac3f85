-- What each plan costs, as subscription-service says it. A plan costs that and nothing else.
CREATE TABLE plan_price (
    plan      text   NOT NULL PRIMARY KEY CHECK (length(plan) BETWEEN 1 AND 100),
    price_won bigint CHECK (price_won >= 1),
    version   bigint NOT NULL CHECK (version >= 1)
);

COMMENT ON COLUMN plan_price.price_won IS 'null: not on sale any more';
COMMENT ON COLUMN plan_price.version IS 'of what was said about the plan; an older one changes nothing';

ALTER TABLE payment ADD COLUMN plan_version bigint CHECK (plan_version >= 1);

COMMENT ON COLUMN payment.plan_version IS 'version of the plan whose price the amount is; null: not compared with any';
