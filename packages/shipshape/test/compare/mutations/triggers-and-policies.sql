CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE t (a integer, shown boolean);
CREATE TRIGGER stamped BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION stamp();
CREATE POLICY shown ON t USING (shown);
CREATE POLICY adding ON t FOR INSERT WITH CHECK (a > 0);

--- drop a trigger
DROP TRIGGER stamped ON t;
--> trigger public.t.stamped missing

--- create a trigger
CREATE TRIGGER more AFTER DELETE ON t EXECUTE FUNCTION stamp();
--> trigger public.t.more unexpected

--- fire at something else
DROP TRIGGER stamped ON t;
CREATE TRIGGER stamped BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION stamp();
--> trigger public.t.stamped definition: CREATE TRIGGER stamped BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.stamp() / CREATE TRIGGER stamped BEFORE UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.stamp()

--- fire no more
ALTER TABLE t DISABLE TRIGGER stamped;
--> trigger public.t.stamped enabled: origin / never

--- fire always
ALTER TABLE t ENABLE ALWAYS TRIGGER stamped;
--> trigger public.t.stamped enabled: origin / always

--- drop a policy
DROP POLICY shown ON t;
--> policy public.t.shown missing

--- create a policy
CREATE POLICY more ON t;
--> policy public.t.more unexpected

--- police another command
DROP POLICY shown ON t;
CREATE POLICY shown ON t FOR SELECT USING (shown);
--> policy public.t.shown command: all / select

--- restrict
DROP POLICY shown ON t;
CREATE POLICY shown ON t AS RESTRICTIVE USING (shown);
--> policy public.t.shown permissive: permissive / restrictive

--- police other roles
ALTER POLICY shown ON t TO pg_monitor, pg_read_all_data;
--> policy public.t.shown roles: PUBLIC / pg_monitor, pg_read_all_data

--- show other rows
ALTER POLICY shown ON t USING (shown AND a > 0);
--> policy public.t.shown using: shown / (shown AND (a > 0))

--- take other rows
ALTER POLICY adding ON t WITH CHECK (a > 1);
--> policy public.t.adding with check: (a > 0) / (a > 1)
