-- The order of a key's columns is the key's own.
CREATE TABLE memberships (
  role text NOT NULL,
  user_id bigint,
  team_id bigint,
  PRIMARY KEY (team_id, user_id),
  CONSTRAINT one_role UNIQUE (user_id, role, team_id)
);
