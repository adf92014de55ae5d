CREATE SCHEMA billing;
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE lead (id bigint PRIMARY KEY, email text, phone varchar(20) UNIQUE);
CREATE TABLE call_log (id bigint, status text DEFAULT 'new', duration integer, note text, code text, total integer, lead_id bigint, CONSTRAINT old_check CHECK (duration < 10));
CREATE UNIQUE INDEX call_log_code ON call_log (code);
CREATE TABLE event (at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE event_2026 (at timestamptz NOT NULL);
CREATE TABLE "Odd Name" ("select" text);
