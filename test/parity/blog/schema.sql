-- A blog: serial and identity keys, a text that is unique, tags by a join table, answers to answers.
CREATE TABLE users (
  id serial PRIMARY KEY,
  email varchar(255) NOT NULL,
  name text,
  is_admin boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT users_email_key UNIQUE (email)
);

CREATE TABLE posts (
  id serial PRIMARY KEY,
  author_id integer NOT NULL,
  slug varchar(120) NOT NULL,
  title varchar(200) NOT NULL,
  body text NOT NULL DEFAULT '',
  published_at timestamptz(3),
  views integer NOT NULL DEFAULT 0,
  CONSTRAINT posts_slug_key UNIQUE (slug),
  CONSTRAINT posts_author_id_fkey FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at);

CREATE TABLE comments (
  id serial PRIMARY KEY,
  post_id integer NOT NULL,
  parent_id integer,
  author_id integer,
  body text NOT NULL,
  CONSTRAINT comments_post_id_fkey FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
  CONSTRAINT comments_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES comments (id) ON DELETE CASCADE,
  CONSTRAINT comments_author_id_fkey FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX comments_post_id_idx ON comments (post_id);

CREATE TABLE tags (
  id serial PRIMARY KEY,
  name varchar(64) NOT NULL,
  CONSTRAINT tags_name_key UNIQUE (name)
);

CREATE TABLE post_tags (
  post_id integer NOT NULL,
  tag_id integer NOT NULL,
  CONSTRAINT post_tags_pkey PRIMARY KEY (post_id, tag_id),
  CONSTRAINT post_tags_post_id_fkey FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
  CONSTRAINT post_tags_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
);
