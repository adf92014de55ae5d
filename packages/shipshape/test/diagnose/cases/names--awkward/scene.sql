--- declared
CREATE SCHEMA "Phone";
CREATE TABLE "Phone"."Call Log" (id integer PRIMARY KEY, "select" text, "user's ""x""" varchar(8) DEFAULT 'it''s');
--- migration 0050_baseline applied
CREATE SCHEMA "Phone";
CREATE TABLE "Phone"."Call Log" (id integer PRIMARY KEY, "select" text, "user's ""x""" varchar(8) DEFAULT 'it''s');
CREATE INDEX "Odd Index" ON "Phone"."Call Log" ("select" text_pattern_ops DESC NULLS LAST, (lower("select")));
ALTER TABLE "Phone"."Call Log" ADD CONSTRAINT "a check" CHECK ("select" <> '') NOT VALID;
--- by hand
ALTER TABLE "Phone"."Call Log" DROP COLUMN "select", DROP COLUMN "user's ""x""";
