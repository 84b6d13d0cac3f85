-- Planted: works on an empty table only.
ALTER TABLE mug ADD COLUMN colour text NOT NULL;
