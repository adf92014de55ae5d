CREATE SCHEMA other;
CREATE COLLATION german (provider = icu, locale = 'de-DE-u-co-phonebk');
CREATE COLLATION other.blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE COLLATION bytes (provider = libc, locale = 'C');
CREATE COLLATION mixed (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');
COMMENT ON COLLATION german IS 'as in the phone book';
