// renderSnapshot: the snapshot as text, one object a line, so that a diff shows what changed and git can merge the rest.
import type { Snapshot } from './snapshot.ts';

export function renderSnapshot(snapshot: Snapshot): string {
  const { format, postgres, fingerprint, migrations, catalog, provenance, need } = snapshot;
  return [
    '{',
    `  "format": ${format},`,
    `  "postgres": ${postgres},`,
    `  "fingerprint": ${JSON.stringify(fingerprint)},`,
    `  "migrations": ${list(migrations, 1)},`,
    `  "catalog": { "objects": ${list(catalog.objects, 1)} },`,
    `  "provenance": ${record(provenance)},`,
    '  "need": {',
    `    "tables": [${need.tables.length === 0 ? '' : '\n'}${need.tables
      .map(
        ({ columns, ...table }) =>
          `      ${JSON.stringify(table).slice(0, -1)},"columns":${list(columns, 4)}}`,
      )
      .join(',\n')}${need.tables.length === 0 ? '' : '\n    '}],`,
    `    "enums": ${list(need.enums, 2)}`,
    '  }',
    '}',
    '',
  ].join('\n');
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
