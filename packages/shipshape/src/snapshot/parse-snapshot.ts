// parseSnapshot: text to Snapshot, or a finding that says what is wrong with the text.
import * as v from 'valibot';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { fingerprintOf } from './make-snapshot.ts';
import type { Snapshot } from './snapshot.ts';

const names = v.array(v.string());
const place = { schema: v.string(), table: v.string(), name: v.string() };
const deferrability = v.picklist(['not deferrable', 'deferrable', 'initially deferred']);
const action = v.picklist(['no action', 'restrict', 'cascade', 'set null', 'set default']);
const text = v.nullable(v.string());

const object = v.variant('kind', [
  v.object({ kind: v.literal('schema'), schema: v.string() }),
  v.object({ kind: v.literal('table'), schema: v.string(), name: v.string() }),
  v.object({ kind: v.literal('enum'), schema: v.string(), name: v.string(), labels: names }),
  v.object({
    kind: v.literal('column'),
    ...place,
    type: v.string(),
    nullable: v.boolean(),
    default: text,
    identity: v.nullable(v.picklist(['always', 'by default'])),
    generated: text,
  }),
  v.object({ kind: v.literal('primary key'), ...place, columns: names }),
  v.object({
    kind: v.literal('unique key'),
    ...place,
    columns: names,
    nullsDistinct: v.boolean(),
    deferrability,
  }),
  v.object({
    kind: v.literal('foreign key'),
    ...place,
    columns: names,
    references: v.object({ schema: v.string(), table: v.string(), columns: names }),
    onDelete: action,
    onUpdate: action,
    deferrability,
    validated: v.boolean(),
  }),
  v.object({ kind: v.literal('check'), ...place, expression: v.string(), validated: v.boolean() }),
  v.object({
    kind: v.literal('index'),
    ...place,
    unique: v.boolean(),
    method: v.string(),
    keys: v.array(
      v.object({
        expression: v.string(),
        opclass: text,
        descending: v.boolean(),
        nulls: v.picklist(['first', 'last']),
      }),
    ),
    include: names,
    predicate: text,
    nullsDistinct: v.boolean(),
    valid: v.boolean(),
  }),
]);

const origin = v.nullable(v.object({ file: v.string(), line: v.number() }));

const snapshotSchema = v.object({
  format: v.literal(1),
  postgres: v.number(),
  migrations: v.array(v.object({ id: v.string(), checksum: v.string() })),
  catalog: v.object({ objects: v.array(object) }),
  provenance: v.record(v.string(), v.string()),
  need: v.object({
    tables: v.array(
      v.object({
        schema: v.string(),
        name: v.string(),
        unqualified: v.boolean(),
        columns: v.array(
          v.object({
            name: v.string(),
            type: text,
            nullable: v.nullable(v.boolean()),
            filled: v.nullable(v.boolean()),
            default: text,
            origin,
          }),
        ),
        uniqueKeys: v.array(v.object({ columns: names, primary: v.boolean() })),
        origin,
      }),
    ),
    enums: v.array(
      v.object({ schema: v.string(), name: v.string(), unqualified: v.boolean(), labels: names, origin }),
    ),
  }),
  fingerprint: v.string(),
});

/** Throws ShipshapeError `snapshot-unreadable`, also when the text was changed by hand. `file` is only for the message. */
export function parseSnapshot(content: string, file: string): Snapshot {
  const unreadable = (problem: string, cause?: unknown) =>
    new ShipshapeError([makeFinding('snapshot-unreadable', { file, problem })], { cause });
  if (/^(<{7}|>{7}) /m.test(content)) throw unreadable('it holds conflict markers of git');
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw unreadable(`it is no JSON (${(error as Error).message})`, error);
  }
  const parsed = v.safeParse(snapshotSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw unreadable(`${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`);
  }
  const snapshot: Snapshot = parsed.output;
  if (fingerprintOf(snapshot) !== snapshot.fingerprint)
    throw unreadable('it was changed by hand or merged line by line');
  return snapshot;
}
