CREATE TABLE call_log (id bigint, at timestamptz, status text);
CREATE TABLE old_one (id int);
CREATE TABLE old_two (id int);
CREATE INDEX old_index ON call_log (id);
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER old_trigger BEFORE INSERT ON call_log FOR EACH ROW EXECUTE FUNCTION touch();
CREATE SEQUENCE old_sequence;
