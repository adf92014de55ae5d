-- Labels are in sort order, which is not the order in which they were added.
CREATE TYPE direction AS ENUM ('inbound', 'outbound');
ALTER TYPE direction ADD VALUE 'internal' BEFORE 'outbound';
CREATE TYPE "Call State" AS ENUM ('Ringing', 'in progress', 'it''s over', '', 'עברית');
CREATE TYPE nothing AS ENUM ();
CREATE TABLE call (
  direction direction NOT NULL DEFAULT 'inbound',
  states "Call State"[],
  state "Call State" DEFAULT 'it''s over'
);
