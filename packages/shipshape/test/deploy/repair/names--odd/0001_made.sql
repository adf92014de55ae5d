CREATE SCHEMA "My App";
CREATE TABLE "My App"."Call Log" ("Id" bigint PRIMARY KEY, "select" text NOT NULL, "it's" text DEFAULT 'it''s',
  CONSTRAINT "a ""check""" CHECK ("select" <> ''));
CREATE INDEX "by 'it'" ON "My App"."Call Log" ("it's", "select");
CREATE TABLE "My App".legs ("Call" bigint CONSTRAINT "to a Call" REFERENCES "My App"."Call Log");
