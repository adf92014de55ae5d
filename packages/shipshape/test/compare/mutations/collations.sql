CREATE COLLATION german (provider = icu, locale = 'de');
CREATE COLLATION c (provider = libc, locale = 'C');

--- drop a collation
DROP COLLATION german;
--> collation public.german missing

--- create a collation
CREATE COLLATION more (provider = icu, locale = 'fr');
--> collation public.more unexpected

--- collate by another locale
DROP COLLATION german;
CREATE COLLATION german (provider = icu, locale = 'de-AT');
--> collation public.german locale: de / de-AT

--- collate by another provider (from PostgreSQL 17)
DROP COLLATION c;
CREATE COLLATION c (provider = builtin, locale = 'C');
--> collation public.c provider: libc / builtin

--- collate without a last word
DROP COLLATION german;
CREATE COLLATION german (provider = icu, locale = 'de', deterministic = false);
--> collation public.german determinism: deterministic / not deterministic

--- collate by rules (from PostgreSQL 16)
DROP COLLATION german;
CREATE COLLATION german (provider = icu, locale = 'de', rules = '&V << w');
--> collation public.german rules: null / &V << w
