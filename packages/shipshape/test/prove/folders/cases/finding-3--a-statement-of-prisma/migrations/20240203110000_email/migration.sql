-- the server gives no position for the second one
ALTER TABLE "users" ADD COLUMN "email" text;

CREATE TABLE "users" ("id" int);
SELECT 1;
