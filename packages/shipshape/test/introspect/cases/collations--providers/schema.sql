CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-DE');
CREATE COLLATION caseless (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
CREATE COLLATION bytes (PROVIDER = libc, LOCALE = 'C');
CREATE TABLE names (
  id integer PRIMARY KEY,
  plain text,
  sorted text COLLATE german,
  same text COLLATE caseless,
  raw varchar(10) COLLATE "C"
);
CREATE INDEX names_plain_bytes ON names (plain COLLATE "C", sorted);
CREATE INDEX names_lower ON names (lower(plain) COLLATE bytes);
