CREATE TABLE parents (a integer, b integer, PRIMARY KEY (b, a));
CREATE TABLE children (
  x integer,
  y integer,
  CONSTRAINT at_commit FOREIGN KEY (x, y) REFERENCES parents (b, a) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT if_asked FOREIGN KEY (y, x) REFERENCES parents (b, a) DEFERRABLE
);
ALTER TABLE children ADD CONSTRAINT not_yet FOREIGN KEY (x, y) REFERENCES parents (b, a) NOT VALID;
