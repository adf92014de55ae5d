// Each kind of thing that hands can change: the plan is as people have checked it, and what it says it brings back is back, with every row.
import { describe, expect, test } from 'vitest';
import { renderRepair } from '../../src/cli/render-repair.ts';
import { compare } from '../../src/compare/compare.ts';
import { migrateDatabase } from '../../src/deploy/migrate.ts';
import { planRepairOf, type RepairFolder, repair } from '../../src/deploy/repair.ts';
import type { RepairPlan } from '../../src/deploy/repair-plan.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { parseTarget } from '../../src/postgres/parse-target.ts';
import type { OwnSession, Session } from '../../src/postgres/session.ts';
import { isLong, onEveryVersion } from '../introspect/matrix.ts';
import { useWorld } from '../migrate/world.ts';
import { type RepairCase, readRepairCases } from './repair-cases.ts';
import { writeSnapshotOf } from './snapshots.ts';

onEveryVersion(
  (major) => {
    const world = useWorld(major);

    describe.each(readRepairCases())('$name', (each) => {
      test('is brought back as the plan says, and every row is kept', async () => {
        const { session, order } = await drift(each);
        const before = await readRows(session);
        const plan = await planRepairOf(order);
        if (major === 18) await expect(render(plan)).toMatchFileSnapshot(each.golden);
        if (plan.name === null) return;

        const { exit, findings, applied } = await repair({ ...order, plan: plan.name, on: () => undefined });
        if (major < each.foreseenFrom) {
          expect([exit, findings.map(({ code }) => code)]).toEqual([6, ['repair-failed']]);
          expect(keptOf(await readRows(session), before)).toEqual(before);
          return;
        }
        expect(findings.map(({ what }) => what)).toEqual(plan.findings.map(({ what }) => what));
        expect(exit).toBe(plan.findings.length > 0 ? 1 : 0);
        expect(applied).toEqual(plan.kept.acts);
        expect(await differences(each, session)).toEqual(
          plan.findings.map(({ address, aspect }) => [address, aspect === 'existence' ? null : aspect]),
        );
        expect(keptOf(await readRows(session), before)).toEqual(before);
        expect((await planRepairOf(order)).name).toBeNull();
      });
    });

    async function drift(each: RepairCase): Promise<{ session: OwnSession; order: RepairFolder }> {
      const { url, session } = await world.database();
      const target = parseTarget(url, {});
      const folder = world.folder(each.migrations);
      const scratch = await world.database();
      const snapshotFile = await writeSnapshotOf(folder, scratch.session);
      const to = Object.keys(each.migrations).find((file) => !file.endsWith('_pending.sql'));
      const ran = await migrateDatabase({
        target,
        folder,
        snapshotFile,
        to: each.name === 'pending' ? to?.slice(0, 4) : undefined,
        on: () => undefined,
      });
      expect(ran).toMatchObject({ exit: 0 });
      await session.query(each.rows);
      await session.query(each.drift);
      return { session, order: { target, folder, snapshotFile } };
    }

    /** Between what the applied migrations build and what is there; what is there beside it is nobody's to drop. */
    async function differences(each: RepairCase, live: Session) {
      const { session } = await world.database();
      for (const [file, sql] of Object.entries(each.migrations))
        if (!file.endsWith('_pending.sql')) await session.query(sql);
      const [made, there] = [await readCatalog(session), await readCatalog(live)];
      return compare(made.catalog, there.catalog)
        .filter(({ kind }) => kind !== 'unexpected')
        .map((one) => [one.address, one.kind === 'unequal' ? one.aspect : null]);
    }
  },
  isLong ? undefined : [14, 18],
);

/** Without what is another in each run. */
function render(plan: RepairPlan): string {
  const text = renderRepair(plan, 'the database', { width: 120, colour: false });
  return `${plan.name === null ? text : text.replaceAll(plan.name, '<name>')}\n`;
}

type Rows = Readonly<Record<string, readonly Readonly<Record<string, string | null>>[]>>;

/** Of every table, each value as text. */
async function readRows(session: Session): Promise<Rows> {
  const { rows: tables } = await session.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'shipshape') ORDER BY 1`,
  );
  const found: Record<string, readonly Record<string, string | null>[]> = {};
  for (const { name } of tables) {
    const { rows } = await session.query<{ row: Record<string, string | null> }>(
      `SELECT (SELECT jsonb_object_agg(key, value) FROM jsonb_each_text(to_jsonb(t))) AS row
       FROM ${name} t ORDER BY to_jsonb(t)::text COLLATE "C"`,
    );
    found[name] = rows.map(({ row }) => row);
  }
  return found;
}

/** Of the tables and columns that were there before. */
function keptOf(after: Rows, before: Rows): Rows {
  return Object.fromEntries(
    Object.entries(before).map(([table, rows]) => {
      const columns = new Set(rows.flatMap((row) => Object.keys(row)));
      const kept = (after[table] ?? []).map((row) =>
        Object.fromEntries(Object.entries(row).filter(([column]) => columns.has(column))),
      );
      return [table, kept];
    }),
  );
}
