-- from PostgreSQL 15
CREATE TABLE tenants (tenant integer PRIMARY KEY);
CREATE TABLE users (tenant integer REFERENCES tenants, id integer, PRIMARY KEY (tenant, id));
CREATE TABLE posts (
  tenant integer, id integer, author integer, editor integer DEFAULT 1,
  FOREIGN KEY (tenant, author) REFERENCES users ON DELETE SET NULL (author),
  FOREIGN KEY (tenant, editor) REFERENCES users ON DELETE SET DEFAULT (editor, tenant)
);
