ALTER TABLE calls DROP CONSTRAINT caller_is_there, ALTER CONSTRAINT callee_is_there NOT DEFERRABLE,
  DROP CONSTRAINT owner_is_there, DROP CONSTRAINT agent_is_there;
ALTER TABLE calls ADD CONSTRAINT owner_is_there FOREIGN KEY (owner) REFERENCES people NOT VALID,
  ADD CONSTRAINT agent_is_there FOREIGN KEY (agent) REFERENCES people;
