CREATE TABLE people (id bigint PRIMARY KEY);
CREATE TABLE calls (id bigint PRIMARY KEY,
  caller bigint CONSTRAINT caller_is_there REFERENCES people ON DELETE CASCADE,
  callee bigint CONSTRAINT callee_is_there REFERENCES people DEFERRABLE,
  owner bigint CONSTRAINT owner_is_there REFERENCES people,
  agent bigint CONSTRAINT agent_is_there REFERENCES people ON DELETE SET NULL);
