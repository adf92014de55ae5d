CREATE TABLE things (
  id uuid,
  loose json,
  tight jsonb,
  path jsonpath,
  address inet,
  network cidr,
  hardware macaddr,
  hardware8 macaddr8,
  spot point,
  segment lseg,
  outline polygon,
  round circle,
  position_in_log pg_lsn,
  relation regclass,
  number_of_object oid
);
