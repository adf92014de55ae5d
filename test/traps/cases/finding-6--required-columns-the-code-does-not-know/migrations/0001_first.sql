CREATE TABLE parcels (
  id integer PRIMARY KEY,
  weight integer NOT NULL,
  priority integer NOT NULL DEFAULT 1,
  note text
);
