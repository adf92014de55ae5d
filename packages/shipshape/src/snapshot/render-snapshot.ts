// renderSnapshot: the snapshot as text, one object a line, so that a diff shows what changed and git can merge the rest.
import { checksum } from '../catalog/index.ts';
import type { Need } from '../need/need.ts';
import type { Seals } from './seals.ts';
import type { Snapshot } from './snapshot.ts';

/** What stands under a key of its own, in the order of the file. */
export const sections = ['migrations', 'seals', 'need', 'catalog', 'provenance'] as const;

/** The line with the checksum of all others is the last one of the head. */
export function renderSnapshot(snapshot: Snapshot): string {
  const { format, postgres, fingerprint, migrations, catalog, provenance, need, seals } = snapshot;
  const head = [
    '{',
    `  "format": ${format},`,
    `  "postgres": ${postgres},`,
    `  "fingerprint": ${JSON.stringify(fingerprint)},`,
    '',
  ].join('\n');
  const body = [
    `  "migrations": ${list(migrations, 1)},`,
    `  "seals": ${renderSeals(seals)},`,
    `  "need": ${renderNeed(need)},`,
    `  "catalog": { "objects": ${list(catalog.objects, 1)} },`,
    `  "provenance": ${record(provenance)}`,
    '}',
    '',
  ].join('\n');
  return `${head}  "checksum": ${JSON.stringify(checksum(head + body))},\n${body}`;
}

function renderSeals(seals: Seals | null): string {
  if (seals === null) return 'null';
  const { relations, ...shared } = seals;
  return `${JSON.stringify(shared).slice(0, -1)},"relations":${list(relations, 1)}}`;
}

function renderNeed({ tables, enums }: Need): string {
  const filled = tables.map(
    ({ columns, ...table }) => `      ${JSON.stringify(table).slice(0, -1)},"columns":${list(columns, 4)}}`,
  );
  const rows = filled.length === 0 ? '' : `\n${filled.join(',\n')}\n    `;
  return `{\n    "tables": [${rows}],\n    "enums": ${list(enums, 2)}\n  }`;
}

function list(items: readonly unknown[], depth: number): string {
  if (items.length === 0) return '[]';
  const indent = '  '.repeat(depth + 1);
  return `[\n${items.map((item) => indent + JSON.stringify(item)).join(',\n')}\n${'  '.repeat(depth)}]`;
}

function record(value: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(value).sort();
  if (keys.length === 0) return '{}';
  return `{\n${keys.map((key) => `    ${JSON.stringify(key)}: ${JSON.stringify(value[key])}`).join(',\n')}\n  }`;
}
