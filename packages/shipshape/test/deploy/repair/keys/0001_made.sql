CREATE TABLE calls (id bigint PRIMARY KEY, sid text NOT NULL, leg integer,
  CONSTRAINT once UNIQUE (sid, leg), CONSTRAINT leg_once UNIQUE (leg) DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE legs (sid text, leg integer, FOREIGN KEY (sid, leg) REFERENCES calls (sid, leg));
CREATE TABLE empty_calls (id bigint PRIMARY KEY);
