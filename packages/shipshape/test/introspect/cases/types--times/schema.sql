CREATE TABLE moments (
  day date,
  clock time,
  clock_ms time(3),
  clock_zone time with time zone,
  local timestamp,
  local_s timestamp(0),
  instant timestamptz,
  instant_ms timestamptz(3),
  span interval,
  span_s interval(0),
  span_days interval day to second,
  span_years interval year
);
