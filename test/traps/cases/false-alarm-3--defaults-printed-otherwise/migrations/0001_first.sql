CREATE TABLE old_name (
  id serial PRIMARY KEY,
  settings jsonb NOT NULL DEFAULT '{}',
  options jsonb NOT NULL DEFAULT '{}'::jsonb,
  tags text[] NOT NULL DEFAULT '{}',
  scores integer[] NOT NULL DEFAULT ARRAY[]::integer[],
  created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz NOT NULL DEFAULT now(),
  amount numeric(10,2) NOT NULL DEFAULT 0,
  code varchar(8) NOT NULL DEFAULT 'x'
);
-- The sequence keeps the old table's name.
ALTER TABLE old_name RENAME TO things;
