CREATE TABLE mug (
    name text NOT NULL PRIMARY KEY
);
