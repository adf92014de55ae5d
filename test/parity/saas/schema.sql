-- A service for teams: enums, arrays, jsonb, uuid keys that the database fills, an index over the rows not deleted.
CREATE TYPE member_role AS ENUM ('owner', 'admin', 'member');
CREATE TYPE plan AS ENUM ('free', 'team', 'enterprise');

CREATE TABLE teams (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name varchar(100) NOT NULL,
  plan plan NOT NULL DEFAULT 'free',
  seats smallint NOT NULL DEFAULT 3,
  settings jsonb NOT NULL DEFAULT '{}',
  domains text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);

CREATE TABLE accounts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL,
  password_hash text,
  locale char(2) NOT NULL DEFAULT 'en',
  last_seen_at timestamp,
  CONSTRAINT accounts_email_key UNIQUE (email)
);

CREATE TABLE members (
  team_id uuid NOT NULL,
  account_id uuid NOT NULL,
  role member_role NOT NULL DEFAULT 'member',
  scopes member_role[],
  joined_on date NOT NULL DEFAULT CURRENT_DATE,
  CONSTRAINT members_pkey PRIMARY KEY (team_id, account_id),
  CONSTRAINT members_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE,
  CONSTRAINT members_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX members_account_id_idx ON members (account_id);

CREATE TABLE audit_events (
  id bigserial PRIMARY KEY,
  team_id uuid NOT NULL,
  kind varchar(40) NOT NULL,
  detail jsonb,
  payload bytea,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT audit_events_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams (id)
);
CREATE INDEX audit_events_team_id_at_idx ON audit_events (team_id, at DESC);
CREATE UNIQUE INDEX teams_name_live_idx ON teams (name) WHERE deleted_at IS NULL;
