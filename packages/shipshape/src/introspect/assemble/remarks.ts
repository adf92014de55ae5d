// Rows of comments, owners and privileges to their nouns.
import { addressOf, quoteIdentifier, type Remark, type ThingAddress } from '../../catalog/index.ts';
import { comments, owners, type PrivilegeRow, privileges, type ThingRow } from '../queries/remarks.ts';
import type { Found } from './found.ts';
import type { Names } from './names.ts';
import type { Rows } from './rows.ts';

/** Remarks on what was not read (extensions' things, indexes of keys) are left out. */
export function assembleRemarks(rows: Rows, found: Found, names: Names): readonly Remark[] {
  const told = <Row extends ThingRow>(all: readonly Row[], tell: (on: ThingAddress, row: Row) => Remark) =>
    all.flatMap((row) => {
      const on = addressOn(row, found, names);
      return on === null ? [] : [tell(on, row)];
    });
  return [
    ...told(rows(comments), (on, { text }) => ({ kind: 'comment', on, text })),
    ...told(rows(owners), (on, { role }) => ({ kind: 'owner', on, role })),
    ...told(rows(privileges), (on, row) => ({
      kind: 'privilege',
      on,
      grantee: row.grantee,
      rights: row.rights.map(renderRight).sort(),
    })),
  ];
}

function addressOn({ catalog, oid, part }: ThingRow, found: Found, names: Names): ThingAddress | null {
  const thing = found.find(catalog, oid);
  if (thing === undefined) return null;
  if (part === 0) return addressOf(thing) as ThingAddress;
  const { schema, name: table } = names.relation(oid);
  return { kind: 'column', schema, table, name: names.columns(oid, [part])[0] as string };
}

function renderRight({ right, column, passes }: PrivilegeRow['rights'][number]): string {
  return `${right}${column === null ? '' : ` (${quoteIdentifier(column)})`}${passes ? '*' : ''}`;
}
