-- character without a length is one character; character varying without one is unlimited.
CREATE TABLE words (
  free text,
  limited character varying(32),
  unlimited character varying,
  one character,
  fixed character(8),
  blank bpchar,
  letter "char",
  word name,
  bytes bytea,
  mask bit(8),
  masks bit varying(64),
  markup xml,
  document tsvector,
  search tsquery
);
