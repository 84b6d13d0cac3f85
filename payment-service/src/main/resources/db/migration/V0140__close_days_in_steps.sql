-- A day is posted as settled in steps. Which one that is has to be known to whoever goes on after a crash: its books are not
-- read again meanwhile.
SET LOCAL lock_timeout = '2s';

ALTER TABLE reconciliation_turn ADD COLUMN closing date;

COMMENT ON COLUMN reconciliation_turn.closing IS 'day that was found closable and is being posted; null if none is. In Seoul';
