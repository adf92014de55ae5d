// findSightings: what the statements of a file say about which thing, and on which line.
import type { ColumnDef, Constraint, Node, RangeVar } from 'libpg-query';
import { type BodyOf, type ByKind, type Statement, tell } from '../../postgres/statement.ts';
import type { SqlFile } from './read-files.ts';

/** A thing by its names as the text has them. `within`: the table of a part; `at`: where in the file, in bytes. */
export interface Sighting {
  readonly kinds: 'relation' | 'part' | 'type' | 'routine' | 'other';
  readonly schema: string | null;
  readonly within: string | null;
  readonly name: string;
  readonly line: number;
}

type Seen = Omit<Sighting, 'line'> & { readonly at?: number | undefined };

export function findSightings({ text, statements }: SqlFile): readonly Sighting[] {
  const bytes = Buffer.from(text);
  return statements.flatMap((statement) =>
    (tell(seen, statement.node) ?? []).map(({ at, ...sighting }) => ({
      ...sighting,
      line: at === undefined || at < statement.start ? statement.line : lineOf(statement, at, bytes),
    })),
  );
}

function lineOf(statement: Statement, at: number, bytes: Buffer): number {
  let line = statement.line;
  for (const byte of bytes.subarray(statement.start, at)) if (byte === 0x0a) line += 1;
  return line - leadingBreaks(statement, bytes);
}

/** A statement begins behind the last semicolon; its line is that of its first word. */
function leadingBreaks({ start, text }: Statement, bytes: Buffer): number {
  const first = bytes.indexOf(Buffer.from(text), start);
  let count = 0;
  for (const byte of bytes.subarray(start, first)) if (byte === 0x0a) count += 1;
  return count;
}

const relation = (range: RangeVar | undefined): readonly Seen[] =>
  range?.relname === undefined
    ? []
    : [{ kinds: 'relation', schema: range.schemaname ?? null, within: null, name: range.relname }];

const part = (range: RangeVar | undefined, name: string | undefined, at?: number): readonly Seen[] =>
  range?.relname === undefined || name === undefined
    ? []
    : [{ kinds: 'part', schema: range.schemaname ?? null, within: range.relname, name, at }];

/** `schema.name` as a list of nodes. */
function named(kinds: Sighting['kinds'], names: readonly Node[] | undefined): readonly Seen[] {
  const texts = (names ?? []).flatMap((node) => ('String' in node ? (node.String.sval ?? []) : []));
  const name = texts.at(-1);
  return name === undefined ? [] : [{ kinds, schema: texts.at(-2) ?? null, within: null, name }];
}

function ofColumn(
  range: RangeVar | undefined,
  { colname, location, constraints }: ColumnDef,
): readonly Seen[] {
  const inner = (constraints ?? []).flatMap((node) =>
    'Constraint' in node ? ofConstraint(range, node.Constraint) : [],
  );
  return [...part(range, colname, location), ...inner];
}

const ofConstraint = (range: RangeVar | undefined, { conname, location }: Constraint): readonly Seen[] =>
  part(range, conname, location);

function ofElement(range: RangeVar | undefined, node: Node | undefined): readonly Seen[] {
  if (node === undefined) return [];
  if ('ColumnDef' in node) return ofColumn(range, node.ColumnDef);
  return 'Constraint' in node ? ofConstraint(range, node.Constraint) : [];
}

const ofTable = ({ relation: range, tableElts }: BodyOf<'CreateStmt'>): readonly Seen[] => [
  ...relation(range),
  ...(tableElts ?? []).flatMap((node) => ofElement(range, node)),
];

const seen: ByKind<readonly Seen[]> = {
  CreateStmt: ofTable,
  CreateForeignTableStmt: ({ base }) => (base === undefined ? [] : ofTable(base)),
  AlterTableStmt: ({ relation: range, cmds }) =>
    (cmds ?? []).flatMap((node) => ('AlterTableCmd' in node ? ofElement(range, node.AlterTableCmd.def) : [])),
  RenameStmt: ({ relation: range, newname, renameType }) => {
    if (range === undefined || newname === undefined) return [];
    const whole = renameType === 'OBJECT_TABLE' || renameType === 'OBJECT_VIEW';
    return whole ? relation({ ...range, relname: newname }) : part(range, newname);
  },
  IndexStmt: ({ relation: range, idxname }) => part(range, idxname),
  CreateTrigStmt: ({ relation: range, trigname }) => part(range, trigname),
  CreatePolicyStmt: ({ table, policy_name: name }) => part(table, name),
  ViewStmt: ({ view }) => relation(view),
  CreateTableAsStmt: ({ into }) => relation(into?.rel),
  CreateSeqStmt: ({ sequence }) => relation(sequence),
  CreateEnumStmt: ({ typeName }) => named('type', typeName),
  CreateDomainStmt: ({ domainname }) => named('type', domainname),
  CreateRangeStmt: ({ typeName }) => named('type', typeName),
  CompositeTypeStmt: ({ typevar }) => relation(typevar).map((each) => ({ ...each, kinds: 'type' as const })),
  DefineStmt: ({ defnames }) => named('other', defnames),
  CreateFunctionStmt: ({ funcname }) => named('routine', funcname),
  CreateSchemaStmt: ({ schemaname }) =>
    schemaname === undefined ? [] : [{ kinds: 'other', schema: null, within: null, name: schemaname }],
  CreateExtensionStmt: ({ extname }) =>
    extname === undefined ? [] : [{ kinds: 'other', schema: null, within: null, name: extname }],
};
