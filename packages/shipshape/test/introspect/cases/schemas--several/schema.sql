-- The same names in two schemas, with types and keys across them.
CREATE SCHEMA billing;
CREATE SCHEMA "Sales Team";
CREATE SCHEMA empty;
CREATE TYPE billing.state AS ENUM ('due', 'paid');
CREATE TYPE "Sales Team".state AS ENUM ('lead', 'customer');
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE billing.users (
  id bigserial PRIMARY KEY,
  state billing.state DEFAULT 'due',
  account bigint REFERENCES public.users
);
CREATE TABLE "Sales Team".users (
  state "Sales Team".state,
  other billing.state,
  account bigint REFERENCES billing.users ON DELETE CASCADE
);
CREATE INDEX users_state ON billing.users (state);
CREATE INDEX users_state ON "Sales Team".users (state);
