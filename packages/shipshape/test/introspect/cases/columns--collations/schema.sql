-- Only what is not the type's own is told: of a domain that is the domain's, of "name" it is "C".
CREATE COLLATION german (provider = icu, locale = 'de', deterministic = false);
CREATE DOMAIN word AS text COLLATE german;
CREATE TABLE collated (
  plain text,
  own text COLLATE "default",
  bytes text COLLATE "C",
  custom varchar(8) COLLATE german,
  many text[] COLLATE "C",
  of_domain word,
  other_than_domain word COLLATE "C",
  of_name name,
  other_than_name name COLLATE "POSIX",
  number integer
);
