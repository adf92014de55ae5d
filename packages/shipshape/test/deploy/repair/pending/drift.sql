-- What the migration that is not applied makes is none of the repair's business: cost, and the default of mode.
DROP INDEX by_sid;
-- In the end it is a bigint; what it was is not known.
ALTER TABLE calls DROP COLUMN seconds;
