CREATE TABLE calls (id bigint PRIMARY KEY, tenant integer NOT NULL, sid text NOT NULL, UNIQUE (tenant, sid));
CREATE TABLE empty_calls (id bigint PRIMARY KEY, tenant integer NOT NULL);
