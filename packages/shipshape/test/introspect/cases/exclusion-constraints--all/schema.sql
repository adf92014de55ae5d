CREATE SCHEMA ops;
CREATE OPERATOR ops.=== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq, COMMUTATOR = OPERATOR(ops.===));
CREATE OPERATOR CLASS ops.same_ops FOR TYPE integer USING btree AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 ops.===, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
CREATE TABLE stays (
  room int4range, during tsrange, guest text, note text, n integer, gone boolean,
  CONSTRAINT one_guest EXCLUDE USING gist (room WITH =, during WITH &&) INCLUDE (note) WHERE (NOT gone),
  CONSTRAINT one_name EXCLUDE USING btree (lower(guest) COLLATE "C" text_pattern_ops DESC NULLS LAST WITH =)
    DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT one_number EXCLUDE (n ops.same_ops WITH OPERATOR(ops.===)),
  EXCLUDE USING hash (note WITH =)
);
COMMENT ON CONSTRAINT one_guest ON stays IS 'a guest has the room alone';
