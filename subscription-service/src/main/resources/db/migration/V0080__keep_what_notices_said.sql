-- What a notice said, so that its tenant can read it again. A notice of before says nothing here.
ALTER TABLE notice ADD COLUMN data jsonb NOT NULL DEFAULT '{}';

COMMENT ON COLUMN notice.data IS 'facts by name, as the event has them';
