ALTER TABLE calls ALTER mode TYPE text, ALTER cost TYPE numeric, ALTER seconds TYPE text;
-- Which moments they are depends on who converts them.
ALTER TABLE calls ALTER at TYPE timestamp;
