-- serial is an integer with a sequence and NOT NULL; a renamed table keeps the sequence's name.
CREATE TABLE tickets (
  id serial PRIMARY KEY,
  big bigserial,
  little smallserial,
  "Odd" serial
);
CREATE TABLE old_name (id serial);
ALTER TABLE old_name RENAME TO new_name;
CREATE SEQUENCE "Shared Numbers";
CREATE TABLE drawn_a (n bigint DEFAULT nextval('"Shared Numbers"'));
CREATE TABLE drawn_b (n bigint DEFAULT nextval('"Shared Numbers"'::regclass));
