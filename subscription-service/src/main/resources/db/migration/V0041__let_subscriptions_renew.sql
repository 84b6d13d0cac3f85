-- A subscription learns to renew, and a tenant may have one to each product. The version before goes on writing its own
-- columns, and a trigger puts in what follows from them. Reads and writes wait behind the lock, so this gives up rather than
-- wait for a long one, and the next start tries again.
SET LOCAL lock_timeout = '500ms';

ALTER TABLE subscription
    ADD COLUMN product              text    NOT NULL DEFAULT 'default' CHECK (length(product) BETWEEN 1 AND 50),
    ADD COLUMN plan_version         bigint  NOT NULL DEFAULT 0 CHECK (plan_version >= 0),
    ADD COLUMN quantity             integer NOT NULL DEFAULT 1 CHECK (quantity BETWEEN 1 AND 1000000),
    ADD COLUMN collection           text    NOT NULL DEFAULT 'PREPAID' CHECK (collection IN ('PREPAID', 'AUTOMATIC')),
    ADD COLUMN billing_method_id    uuid,
    ADD COLUMN zone                 text    NOT NULL DEFAULT 'Asia/Seoul' CHECK (length(zone) BETWEEN 1 AND 50),
    ADD COLUMN anchor_at            timestamptz,
    ADD COLUMN period_number        bigint  NOT NULL DEFAULT 0 CHECK (period_number >= -1),
    ADD COLUMN period_start         timestamptz,
    ADD COLUMN period_value_won     bigint  NOT NULL DEFAULT 0 CHECK (period_value_won >= 0),
    ADD COLUMN trial_ends_at        timestamptz,
    ADD COLUMN cancel_at            timestamptz,
    ADD COLUMN pause_at             timestamptz,
    ADD COLUMN resume_at            timestamptz,
    ADD COLUMN pending_plan         text    CHECK (length(pending_plan) BETWEEN 1 AND 100),
    ADD COLUMN pending_plan_version bigint  CHECK (pending_plan_version >= 1),
    ADD COLUMN pending_quantity     integer CHECK (pending_quantity BETWEEN 1 AND 1000000),
    ADD COLUMN pending_from         timestamptz,
    ADD COLUMN pending_change_id    uuid,
    ADD COLUMN due_at               timestamptz,
    ADD COLUMN parked_at            timestamptz,
    ADD COLUMN parked_reason        text    CHECK (length(parked_reason) BETWEEN 1 AND 50),
    ADD COLUMN engine_version       bigint  NOT NULL DEFAULT 0,
    ADD CONSTRAINT subscription_pending_whole CHECK (
        (pending_plan IS NULL) = (pending_plan_version IS NULL) AND (pending_plan IS NULL) = (pending_quantity IS NULL)
        AND (pending_plan IS NOT NULL OR (pending_from IS NULL AND pending_change_id IS NULL))),
    ADD CONSTRAINT subscription_parked_whole CHECK ((parked_at IS NULL) = (parked_reason IS NULL)),
    DROP CONSTRAINT subscription_tenant_id_key,
    DROP CONSTRAINT subscription_status_check,
    ADD CONSTRAINT subscription_status_check CHECK (status IN ('INCOMPLETE', 'TRIALING', 'ACTIVE', 'PAST_DUE',
        'RESTRICTED', 'SUSPENDED', 'PAUSED', 'CANCELED', 'EXPIRED')),
    DROP CONSTRAINT subscription_check,
    ADD CONSTRAINT subscription_check CHECK (plan_expires_at >= activated_at),
    ALTER COLUMN last_order_id DROP NOT NULL,
    ALTER COLUMN last_payment_id DROP NOT NULL;

COMMENT ON COLUMN subscription.status IS
    'what was last announced; one that is paid for by hand counts as EXPIRED from plan_expires_at on';
COMMENT ON COLUMN subscription.billing_day IS 'of the version before; day of the anchor in Seoul';
COMMENT ON COLUMN subscription.plan_version IS 'version of the plan whose price holds; 0: written by the version before';
COMMENT ON COLUMN subscription.collection IS 'PREPAID: somebody pays for each period; AUTOMATIC: a billing method is charged';
COMMENT ON COLUMN subscription.zone IS 'time zone in which periods are counted';
COMMENT ON COLUMN subscription.anchor_at IS
    'when the first of the present run of periods began or begins; all later ones are counted from here';
COMMENT ON COLUMN subscription.period_number IS 'running period; -1 before the first paid one; it never goes back';
COMMENT ON COLUMN subscription.period_start IS 'when the running period began; it ends at plan_expires_at';
COMMENT ON COLUMN subscription.period_value_won IS
    'what a whole period of the present terms is worth after discount; unused time is worth its part of it';
COMMENT ON COLUMN subscription.cancel_at IS 'end of the period after which there is none; null: it goes on';
COMMENT ON COLUMN subscription.pause_at IS 'from when it rests or has rested; null: it does not';
COMMENT ON COLUMN subscription.resume_at IS 'when it goes on by itself; null: when somebody says so';
COMMENT ON COLUMN subscription.pending_plan IS 'terms that come: plan, version and quantity';
COMMENT ON COLUMN subscription.pending_from IS 'from the first period that begins then or later; null: the next one';
COMMENT ON COLUMN subscription.pending_change_id IS 'they come when the invoice of this change is paid';
COMMENT ON COLUMN subscription.due_at IS 'when there is next something to do; null: nothing until something is heard';
COMMENT ON COLUMN subscription.parked_at IS 'since when nothing is charged because it would not be safe';
COMMENT ON COLUMN subscription.engine_version IS 'version as this service wrote it; another: the version before wrote the row';

-- What a row means that the version before wrote. Its months follow the day on which the present run of them began.
CREATE FUNCTION complete_subscription() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.activated_at <> OLD.activated_at THEN
        NEW.anchor_at := NEW.activated_at;
        NEW.period_number := CASE TG_OP WHEN 'INSERT' THEN 0 ELSE OLD.period_number + 1 END;
        NEW.period_start := NEW.activated_at;
    ELSIF NEW.plan_expires_at <> OLD.plan_expires_at THEN
        NEW.period_number := OLD.period_number + 1;
        NEW.period_start := OLD.plan_expires_at;
    END IF;
    SELECT coalesce(max(version), 0) INTO NEW.plan_version
    FROM plan_version WHERE plan_id = NEW.plan AND price_won IS NOT NULL;
    SELECT coalesce(max(price_won), 0) INTO NEW.period_value_won
    FROM plan_version WHERE plan_id = NEW.plan AND version = NEW.plan_version;
    NEW.collection := 'PREPAID';
    NEW.quantity := 1;
    NEW.trial_ends_at := NULL;
    NEW.cancel_at := NULL;
    NEW.pause_at := NULL;
    NEW.resume_at := NULL;
    NEW.pending_plan := NULL;
    NEW.pending_plan_version := NULL;
    NEW.pending_quantity := NULL;
    NEW.pending_from := NULL;
    NEW.pending_change_id := NULL;
    NEW.parked_at := NULL;
    NEW.parked_reason := NULL;
    NEW.due_at := CASE NEW.status WHEN 'ACTIVE' THEN NEW.plan_expires_at END;
    NEW.engine_version := NEW.version;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION complete_subscription IS 'for the version before, which knows months of one plan, paid for one by one';

-- Those of before. How many months of a run are over does not matter: the next one has a number of its own in any case.
-- All rows once, before there are more indexes to keep: they are locked meanwhile.
WITH said AS (
    SELECT plan_id, version, price_won,
        CASE WHEN lag(version) OVER plan IS NULL THEN '-infinity' ELSE said_at END AS from_at,
        lead(said_at, 1, 'infinity') OVER plan AS until
    FROM plan_version
    WHERE price_won IS NOT NULL
    WINDOW plan AS (PARTITION BY plan_id ORDER BY version)
)
UPDATE subscription
SET anchor_at = activated_at,
    period_start = greatest(activated_at, plan_expires_at - interval '1 month'),
    plan_version = said.version,
    period_value_won = said.price_won,
    due_at = CASE status WHEN 'ACTIVE' THEN plan_expires_at END,
    engine_version = subscription.version
FROM said
WHERE said.plan_id = plan AND activated_at >= said.from_at AND activated_at < said.until;

-- Those of a plan of which nothing was ever said.
UPDATE subscription
SET anchor_at = activated_at,
    period_start = greatest(activated_at, plan_expires_at - interval '1 month'),
    due_at = CASE status WHEN 'ACTIVE' THEN plan_expires_at END,
    engine_version = version
WHERE anchor_at IS NULL;

ALTER TABLE subscription
    ADD CONSTRAINT subscription_one_per_product UNIQUE (tenant_id, product),
    ALTER COLUMN anchor_at SET NOT NULL,
    ALTER COLUMN period_start SET NOT NULL;

CREATE TRIGGER complete_subscription BEFORE INSERT OR UPDATE ON subscription FOR EACH ROW
    WHEN (NEW.engine_version <> NEW.version) EXECUTE FUNCTION complete_subscription();

-- For the loop that does what is due, and the list of what is parked.
CREATE INDEX subscription_due_at ON subscription (due_at) WHERE due_at IS NOT NULL AND parked_at IS NULL;
CREATE INDEX subscription_parked_at ON subscription (parked_at) WHERE parked_at IS NOT NULL;
-- For a price that changes, and a method that goes.
CREATE INDEX subscription_plan ON subscription (plan, plan_version);
CREATE INDEX subscription_billing_method_id ON subscription (billing_method_id) WHERE billing_method_id IS NOT NULL;
