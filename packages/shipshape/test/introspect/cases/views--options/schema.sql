CREATE TABLE users (id integer PRIMARY KEY, name varchar(40) NOT NULL, gone boolean NOT NULL DEFAULT false);
CREATE VIEW live_users AS SELECT id, name FROM users WHERE NOT gone WITH LOCAL CHECK OPTION;
CREATE VIEW safe_users WITH (security_barrier) AS SELECT id, upper(name) AS name FROM live_users;
CREATE VIEW counts ("Total", halves) AS SELECT count(*), count(*) / 2.0 FROM safe_users;
