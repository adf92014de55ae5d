// A folder of many small migrations, and psql that runs them: what the benches of replay and migrate share.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Migrations {
  /** In a folder of its own, where others may stand beside it. */
  readonly folder: string;
  /** Names, in order. */
  readonly files: readonly string[];
  /** One a file. */
  readonly statements: readonly string[];
  /** Takes what stands beside it too. */
  remove(): void;
}

export function writeMigrations(count: number): Migrations {
  const place = mkdtempSync(join(tmpdir(), 'shipshape-bench-'));
  const folder = join(place, 'migrations');
  mkdirSync(folder);
  const statements = Array.from({ length: count }, (_, at) => migrationAt(at));
  const files = statements.map((sql, at) => {
    const name = `${String(at + 1).padStart(4, '0')}_step.sql`;
    writeFileSync(join(folder, name), `${sql};\n`);
    return name;
  });
  return {
    folder,
    files,
    statements,
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}

/** One in five creates a table. */
function migrationAt(at: number): string {
  const place = Math.floor(at / 5);
  const [table, other] = [`t${place}`, `t${Math.max(0, place - 1)}`];
  const forms = [
    `CREATE TABLE ${table} (id integer PRIMARY KEY, c1 text NOT NULL, c2 varchar(64), c3 integer NOT NULL DEFAULT 0,
       c4 bigint, c5 boolean NOT NULL DEFAULT false, c6 timestamptz NOT NULL DEFAULT now(), c7 jsonb)`,
    `ALTER TABLE ${table} ADD COLUMN added integer`,
    `CREATE INDEX ${table}_c1 ON ${table} (c1)`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${table}_check CHECK (c3 >= 0)`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${table}_fk FOREIGN KEY (added) REFERENCES ${other} (id)`,
  ];
  return forms[at % forms.length] as string;
}

/** Milliseconds of one process that runs each file in a transaction; `row` is SQL that remembers it there. */
export function runByPsql(
  url: string,
  { folder, files }: Migrations,
  row: (name: string) => string = () => '',
  before = '',
): number {
  const script = join(folder, 'all.psql');
  const parts = files.map((name) => `BEGIN;\n\\i '${join(folder, name)}'\n${row(name)}\nCOMMIT;\n`);
  writeFileSync(script, before + parts.join(''));
  const started = performance.now();
  const { status, stderr, error } = spawnSync(
    'psql',
    ['-q', '-X', '-v', 'ON_ERROR_STOP=1', '-f', script, url],
    { encoding: 'utf8' },
  );
  const took = performance.now() - started;
  rmSync(script);
  if (error !== undefined)
    throw new Error('psql is not installed: apt-get install postgresql-client', { cause: error });
  if (status !== 0) throw new Error(stderr);
  return took;
}
