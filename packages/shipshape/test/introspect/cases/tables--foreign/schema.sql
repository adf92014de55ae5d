CREATE FOREIGN DATA WRAPPER nowhere;
CREATE SERVER "Far Away" FOREIGN DATA WRAPPER nowhere;
CREATE FOREIGN TABLE afar (
  id integer NOT NULL,
  name text OPTIONS (column_name 'n') DEFAULT 'x' CHECK (name <> ''),
  upper text GENERATED ALWAYS AS (upper(name)) STORED
) SERVER "Far Away" OPTIONS (table_name 't');
