CREATE TABLE business (
  id integer PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE call_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  business_id integer NOT NULL REFERENCES business (id) ON DELETE CASCADE,
  status varchar(32) DEFAULT 'new'
);
