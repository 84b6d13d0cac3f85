-- What is left of the calls Toss allows, in one row for all instances.
CREATE TABLE toss_quota (
    only_one  boolean          NOT NULL DEFAULT true PRIMARY KEY CHECK (only_one),
    filled_at timestamptz      NOT NULL,
    calls     double precision NOT NULL,
    required  double precision NOT NULL,
    hinted    double precision NOT NULL
) WITH (fillfactor = 50);

COMMENT ON COLUMN toss_quota.filled_at IS 'when the rest was reckoned, by the clock of the database';
COMMENT ON COLUMN toss_quota.calls IS 'calls of any kind; negative after more confirms than Toss allows';
COMMENT ON COLUMN toss_quota.required IS 'questions about outcomes we have to know; negative while questions rest';
COMMENT ON COLUMN toss_quota.hinted IS 'questions that only webhooks ask for; negative while questions rest';

-- Filled up at the first use.
INSERT INTO toss_quota (filled_at, calls, required, hinted) VALUES ('epoch', 0, 0, 0);
