-- from PostgreSQL 15
CREATE TABLE slugs (
  tenant bigint,
  slug text,
  code text,
  CONSTRAINT one_slug UNIQUE NULLS NOT DISTINCT (tenant, slug)
);
CREATE UNIQUE INDEX one_code ON slugs (tenant, code) NULLS NOT DISTINCT;
