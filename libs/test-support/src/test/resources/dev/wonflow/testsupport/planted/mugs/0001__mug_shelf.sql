-- A library's table that no service has copied.
CREATE TABLE mug_shelf (
    mug text NOT NULL
);
