ALTER TABLE calls ADD COLUMN cost numeric, ALTER COLUMN mode SET DEFAULT 'dual', ALTER COLUMN seconds TYPE bigint;
