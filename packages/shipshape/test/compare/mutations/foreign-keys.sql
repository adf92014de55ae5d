CREATE TABLE far (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a));
CREATE TABLE farther (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE near (a integer, b integer);
ALTER TABLE near ADD CONSTRAINT to_far FOREIGN KEY (a, b) REFERENCES far (a, b);
CREATE TABLE clearing (a integer, b integer);
ALTER TABLE clearing ADD CONSTRAINT clears FOREIGN KEY (a, b) REFERENCES far ON DELETE SET NULL;

--- drop a foreign key
ALTER TABLE near DROP CONSTRAINT to_far;
--> foreign key public.near.to_far missing

--- add a foreign key
ALTER TABLE near ADD CONSTRAINT to_farther FOREIGN KEY (a, b) REFERENCES farther;
--> foreign key public.near.to_farther unexpected

--- rename a foreign key
ALTER TABLE near RENAME CONSTRAINT to_far TO leads_far;

--- name the columns in another order
ALTER TABLE near DROP CONSTRAINT to_far;
ALTER TABLE near ADD CONSTRAINT to_far FOREIGN KEY (b, a) REFERENCES far (b, a);

--- lead elsewhere
ALTER TABLE near DROP CONSTRAINT to_far;
ALTER TABLE near ADD CONSTRAINT to_far FOREIGN KEY (a, b) REFERENCES farther;
--> foreign key public.near.to_far references: a to public.far.a, b to public.far.b / a to public.farther.a, b to public.farther.b

--- lead crosswise
ALTER TABLE near DROP CONSTRAINT to_far;
ALTER TABLE near ADD CONSTRAINT to_far FOREIGN KEY (a, b) REFERENCES far (b, a);
--> foreign key public.near.to_far references: a to public.far.a, b to public.far.b / a to public.far.b, b to public.far.a

--- delete with it
ALTER TABLE near DROP CONSTRAINT to_far;
ALTER TABLE near ADD CONSTRAINT to_far FOREIGN KEY (a, b) REFERENCES far ON DELETE CASCADE;
--> foreign key public.near.to_far on delete: no action / cascade

--- clear one column only (from PostgreSQL 15)
ALTER TABLE clearing DROP CONSTRAINT clears;
ALTER TABLE clearing ADD CONSTRAINT clears FOREIGN KEY (a, b) REFERENCES far ON DELETE SET NULL (b);
--> foreign key public.clearing.clears on delete columns: null / b

--- update with it
ALTER TABLE near DROP CONSTRAINT to_far;
ALTER TABLE near ADD CONSTRAINT to_far FOREIGN KEY (a, b) REFERENCES far ON UPDATE CASCADE;
--> foreign key public.near.to_far on update: no action / cascade

--- match all or nothing
ALTER TABLE near DROP CONSTRAINT to_far;
ALTER TABLE near ADD CONSTRAINT to_far FOREIGN KEY (a, b) REFERENCES far MATCH FULL;
--> foreign key public.near.to_far match: null / full

--- defer
ALTER TABLE near ALTER CONSTRAINT to_far DEFERRABLE INITIALLY DEFERRED;
--> foreign key public.near.to_far deferrability: not deferrable / initially deferred

--- enforce no more (from PostgreSQL 18)
ALTER TABLE near ALTER CONSTRAINT to_far NOT ENFORCED;
--> foreign key public.near.to_far enforcement: null / not enforced

--- do not validate
ALTER TABLE near DROP CONSTRAINT to_far;
ALTER TABLE near ADD CONSTRAINT to_far FOREIGN KEY (a, b) REFERENCES far NOT VALID;
--> foreign key public.near.to_far validity: valid / not valid
