CREATE TABLE users (id bigint, mail text, name text, deleted_at timestamptz, state text, "Score" integer);
CREATE UNIQUE INDEX one_mail ON users (lower(mail)) WHERE deleted_at IS NULL;
CREATE INDEX by_length ON users ((length(name) + 1) DESC, id);
CREATE INDEX open_ones ON users (id) WHERE state = 'open' AND "Score" > 3;
CREATE INDEX scored ON users ("Score", ("Score" * 2));
