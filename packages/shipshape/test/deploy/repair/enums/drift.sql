-- As a dump of an older database brings it: without two of its labels.
ALTER TABLE calls ALTER state DROP DEFAULT, ALTER state TYPE text;
DROP TYPE state;
CREATE TYPE state AS ENUM ('new', 'done');
ALTER TABLE calls ALTER state TYPE state USING state::state;
-- It may be the label that is missing, under another name.
ALTER TYPE mood RENAME VALUE 'cross' TO 'angry';
