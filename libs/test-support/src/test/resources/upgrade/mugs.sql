INSERT INTO mug (name) VALUES ('white');
