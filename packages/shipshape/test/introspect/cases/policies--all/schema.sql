CREATE TABLE notes (id integer, owner name, shared boolean);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notes USING (owner = CURRENT_USER);
CREATE POLICY shared_ones ON notes FOR SELECT TO PUBLIC USING (shared);
CREATE POLICY "own only" ON notes AS RESTRICTIVE FOR INSERT TO pg_monitor, postgres WITH CHECK (owner = CURRENT_USER);
CREATE POLICY changed ON notes FOR UPDATE USING (shared) WITH CHECK (EXISTS (SELECT FROM notes n WHERE n.id = notes.id));
CREATE POLICY gone ON notes FOR DELETE TO postgres USING (false);
CREATE TABLE forced (id integer);
ALTER TABLE forced ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- FORCE without ENABLE does nothing.
CREATE TABLE idle (id integer);
ALTER TABLE idle FORCE ROW LEVEL SECURITY;
