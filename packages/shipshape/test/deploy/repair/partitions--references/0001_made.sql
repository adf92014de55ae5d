CREATE TABLE people (id bigint PRIMARY KEY);
CREATE TABLE events (at date NOT NULL, person bigint CONSTRAINT person_is_there REFERENCES people, PRIMARY KEY (at)) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE notes (id bigint PRIMARY KEY, of date CONSTRAINT of_an_event REFERENCES events);
