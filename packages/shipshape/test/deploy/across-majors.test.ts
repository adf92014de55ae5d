// A snapshot that another major version of PostgreSQL made: what it prints otherwise refuses no migration and is no drift.
import { describe, expect, test } from 'vitest';
import { renderAddress } from '../../src/catalog/index.ts';
import { migrateDatabase } from '../../src/deploy/migrate.ts';
import { verify } from '../../src/gate/verify.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import type { RunResult } from '../../src/migrate/run-order.ts';
import { parseTarget } from '../../src/postgres/parse-target.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { diff } from '../../src/prove/diff.ts';
import { openScratch } from '../../src/prove/scratch.ts';
import type { SideOrder } from '../../src/prove/side.ts';
import { sql } from '../../src/sources/sql/index.ts';
import { onEveryVersion } from '../introspect/matrix.ts';
import { useWorld } from '../migrate/world.ts';
import { writeSnapshotOf } from './snapshots.ts';

const files = {
  '0001_shop.sql': `
    CREATE EXTENSION citext;
    CREATE DOMAIN amount AS numeric CHECK (VALUE >= 0 AND VALUE < 1000);
    CREATE FUNCTION twice(a integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN a * 2;
    CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TABLE purchase (
      id integer PRIMARY KEY, name citext, state text DEFAULT 'open' CHECK (state IN ('open', 'paid')), total amount,
      at timestamptz DEFAULT now(), day date GENERATED ALWAYS AS ((timezone('utc', at))::date) STORED
    );
    CREATE INDEX by_month ON purchase (date_part('month', day)) WHERE state IS NOT NULL;
    CREATE TRIGGER stamped BEFORE UPDATE ON purchase FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION stamp();
    ALTER TABLE purchase ENABLE ROW LEVEL SECURITY;
    CREATE POLICY shown ON purchase USING (state = 'open');
    CREATE VIEW open_purchase AS SELECT id, twice(id) AS double FROM purchase WHERE state = 'open';`,
  '0002_more.sql': `
    ALTER TABLE purchase ADD COLUMN IF NOT EXISTS note text DEFAULT 'none', ADD COLUMN IF NOT EXISTS number integer;
    CREATE MATERIALIZED VIEW per_day AS SELECT day, count(*) AS number FROM purchase GROUP BY day;`,
};

/** From the snapshot's server to the one that is migrated. */
const ways = [
  [18, 14],
  [18, 15],
  [14, 18],
  [15, 18],
] as const;

onEveryVersion(
  (major) => {
    const other = useWorld(major);
    const newest = useWorld(18);
    for (const [from, to] of ways.filter((way) => way.some((each) => each === major)))
      describe(`a snapshot of PostgreSQL ${from} on ${to}`, () => {
        const [maker, live] = from === 18 ? [newest, other] : [other, newest];

        async function release() {
          const folder = live.folder(files);
          const { session } = await maker.database();
          const snapshotFile = await writeSnapshotOf(folder, session);
          return { folder, snapshotFile, made: session };
        }
        type Release = Awaited<ReturnType<typeof release>>;
        const migrate = (url: string, { folder, snapshotFile }: Release): Promise<RunResult> =>
          migrateDatabase({ target: parseTarget(url, {}), folder, snapshotFile, on: () => undefined });
        const judge = (url: string, { folder, snapshotFile }: Release) =>
          verify({ source: null, target: parseTarget(url, {}), folder, snapshotFile });
        const readTexts = async (session: OwnSession) => {
          const { catalog } = await readCatalog(session);
          return catalog.objects.flatMap((object) =>
            object.kind === 'view'
              ? [object.definition]
              : object.kind === 'extension'
                ? [object.version]
                : [],
          );
        };

        test('is migrated by and verified, and what could not be held against it is said', async () => {
          const { url, session } = await live.database();
          const made = await release();
          const ran = await migrate(url, made);
          expect(ran.exit).toBe(0);
          expect(ran.applied.map(({ id }) => id)).toEqual(['0001_shop', '0002_more']);
          // The two servers do print the view otherwise, and bring other versions of the extension.
          const [one, two] = [await readTexts(made.made), await readTexts(session)];
          expect(one.map((text, at) => text === two[at])).toEqual([false, false]);
          expect(ran.findings.map(({ code, severity, what }) => `${severity} ${code}: ${what}`)).toEqual([
            `note printed-by-another-major: 0001_shop: view open_purchase is printed by PostgreSQL ${to} otherwise than by ${from}, which made the snapshot`,
            `note printed-by-another-major: 0002_more: materialized view per_day is printed by PostgreSQL ${to} otherwise than by ${from}, which made the snapshot`,
          ]);
          const judged = await judge(url, made);
          expect(judged).toMatchObject({ verdict: 'agreed', findings: [] });
          expect(judged.coverage.notCompared).toContainEqual({
            what: 'texts of expressions and queries',
            because: `PostgreSQL ${from} printed what they would be held against, and this is ${to}`,
          });
        });

        test.each([
          ['another type', 'note integer', 'the type'],
          ['no default', 'note text', 'the default'],
          ['a sequence instead of nothing', "note text DEFAULT 'none', ADD number serial", 'the default'],
        ])('a promise that is broken by %s is told', async (_, column, told) => {
          const { url, session } = await live.database();
          const made = await release();
          const first = live.folder({ '0001_shop.sql': files['0001_shop.sql'] });
          expect((await migrate(url, { ...made, folder: first })).exit).toBe(0);
          await session.query(`ALTER TABLE purchase ADD ${column}`);
          const ran = await migrate(url, made);
          expect(ran.exit).toBe(6);
          expect(ran.findings.some(({ what }) => what.includes(told))).toBe(true);
        });

        test.each(['database', 'sql', 'migrations', 'snapshot'] as const)(
          'diff with a %s tells what is no text',
          async (kind) => {
            const { url, session } = await live.database();
            await session.query(Object.values(files).join(''));
            await session.query('ALTER TABLE purchase ALTER name SET NOT NULL');
            const { folder, snapshotFile } = await release();
            const there = await maker.database();
            if (kind === 'database') await there.session.query(Object.values(files).join(''));
            const target = parseTarget(there.url, {});
            const openHere = () => openScratch({ url: there.url });
            const source = sql({ files: '*.sql', root: folder, openScratch: openHere });
            const sides = {
              database: { kind, target },
              sql: { kind, source, label: 'files' },
              migrations: { kind, folder, label: 'folder' },
              snapshot: { kind, file: snapshotFile, label: 'snapshot' },
            };
            const result = await diff({
              from: sides[kind] as SideOrder,
              to: { kind: 'database', target: parseTarget(url, {}) },
              scratchUrl: there.url,
            });
            // Since 15 the schema public belongs to the database's owner.
            const told = result.findings.filter(({ address }) => address !== undefined && !('on' in address));
            expect(told.map(({ address, aspect }) => [address && renderAddress(address), aspect])).toEqual([
              ['purchase.name', 'nullability'],
              ['extension citext', 'version'],
            ]);
            expect(result.coverage.notCompared).toContainEqual({
              what: 'texts of expressions and queries',
              count: 2,
              because: `PostgreSQL ${from} printed one side, and ${to} the other`,
            });
          },
        );

        test('drift in what is no text is told', async () => {
          const { url, session } = await live.database();
          const made = await release();
          expect((await migrate(url, made)).exit).toBe(0);
          await session.query(`DROP VIEW open_purchase; DROP INDEX by_month; ALTER TABLE purchase DISABLE TRIGGER stamped;
            ALTER TABLE purchase ALTER state DROP DEFAULT, ALTER state SET NOT NULL`);
          const { findings } = await judge(url, made);
          expect(
            findings.map(({ code, address, aspect }) => [
              code,
              address === undefined ? null : renderAddress(address),
              aspect,
            ]),
          ).toEqual([
            ['gone-by-hand', 'purchase.state', 'nullability'],
            ['gone-by-hand', 'purchase.state', 'default'],
            ['gone-by-hand', 'index purchase.by_month', 'existence'],
            ['gone-by-hand', 'trigger purchase.stamped', 'enabled'],
            ['gone-by-hand', 'view open_purchase', 'existence'],
          ]);
        });
      });
  },
  [14, 15],
);
