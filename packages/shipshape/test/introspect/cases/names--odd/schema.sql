-- Case, keywords, spaces, quotes, dots, other scripts.
CREATE TABLE "User" ("userId" integer, "select" text, "user" text, "a b" text, "c.d" text, "e""f" text, "g'h" text, "$1" text, "lower(x)" text);
CREATE TABLE "user" ("userid" integer);
CREATE TABLE "שיחות" ("מזהה" integer PRIMARY KEY, "naïve" text DEFAULT 'é', "日本" text UNIQUE);
CREATE TABLE "quote""table" ("x""y" serial, CONSTRAINT "check""it" CHECK ("x""y" > 0));
ALTER TABLE "User" ADD CONSTRAINT "primary key" PRIMARY KEY ("userId", "a b");
CREATE INDEX "index of ""User""" ON "User" ("select", lower("c.d"), "lower(x)" ) WHERE "user" <> 'it''s';
