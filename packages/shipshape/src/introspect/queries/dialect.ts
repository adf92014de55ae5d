// Dialect: how the catalogues of PostgreSQL 14 to 18 differ, in one place.

/** Columns of catalogues as SQL, under the alias that each is read with. Where a server has none: what it would say. */
export interface Dialect {
  /** `pg_index i` */
  readonly nullsNotDistinct: string;
  /** `pg_constraint con` */
  readonly deleteColumns: string;
  readonly period: string;
  readonly enforced: string;
  /** `pg_collation c`: the locale of every provider but libc. */
  readonly locale: string;
  readonly rules: string;
  /** NOT NULL as constraints with names, which may be not validated and not inherited. */
  readonly namesNotNulls: boolean;
}

/** `version`: 180004 for 18.4. A server that is newer than all of these is taken for the newest. */
export function dialectOf(version: number): Dialect {
  const since = (major: number, present: string, absent: string) =>
    version >= major * 10_000 ? present : absent;
  return {
    nullsNotDistinct: since(15, 'i.indnullsnotdistinct', 'false'),
    deleteColumns: since(15, 'con.confdelsetcols', 'NULL::int2[]'),
    period: since(18, 'con.conperiod', 'false'),
    enforced: since(18, 'con.conenforced', 'true'),
    locale: since(17, 'c.colllocale', since(15, 'c.colliculocale', 'c.collcollate::text')),
    rules: since(16, 'c.collicurules', 'NULL::text'),
    namesNotNulls: version >= 180_000,
  };
}
