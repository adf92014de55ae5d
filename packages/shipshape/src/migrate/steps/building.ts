// Who builds an index concurrently right now.

/**
 * The pid of a session that builds or rebuilds this index, or one of this table where the view hides which: to another
 * role it shows only that pid, and the lock on the table, held to the end of the build, is anybody's to see.
 */
export const buildersOf = (index: string, table: string): string =>
  `SELECT p.pid FROM pg_stat_progress_create_index p
   WHERE p.pid <> pg_backend_pid() AND p.datid = (SELECT oid FROM pg_database WHERE datname = current_database())
     AND (p.index_relid = ${index} OR (p.relid IS NULL AND EXISTS (
       SELECT FROM pg_locks l WHERE l.pid = p.pid AND l.database = p.datid AND l.relation = ${table}
         AND l.granted AND l.mode = 'ShareUpdateExclusiveLock')))`;
