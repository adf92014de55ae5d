CREATE TABLE generated (
  price numeric(10, 2) NOT NULL,
  amount integer NOT NULL DEFAULT 1,
  first_name text,
  last_name text,
  total numeric GENERATED ALWAYS AS (price * amount) STORED,
  full_name text GENERATED ALWAYS AS (coalesce(first_name, '') || ' ' || coalesce(last_name, '')) STORED NOT NULL
);
