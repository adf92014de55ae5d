CREATE TYPE status AS ENUM ('draft', 'live');
CREATE TYPE old_colour AS ENUM ('red', 'blue');
CREATE TABLE pages (
  id integer PRIMARY KEY,
  status status NOT NULL DEFAULT 'draft',
  colour old_colour NOT NULL,
  layout json,
  subtitle text NOT NULL,
  summary text,
  rank integer NOT NULL DEFAULT 0,
  visits integer NOT NULL,
  slug text NOT NULL,
  kept text
);
ALTER TABLE pages ADD COLUMN IF NOT EXISTS kept integer;
