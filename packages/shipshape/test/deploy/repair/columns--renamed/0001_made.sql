CREATE TABLE calls (id bigint PRIMARY KEY, recording_mode text);
