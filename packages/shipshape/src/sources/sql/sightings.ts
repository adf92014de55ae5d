// findSightings: what a statement says about which thing, and on which line.
import type { ColumnDef, Constraint, Node, RangeVar } from 'libpg-query';
import { type BodyOf, type ByKind, type Statement, tell } from '../../postgres/statement.ts';
import { nameConstraint, nameIndex } from './unnamed.ts';

/** A name as the text has it; null where it names no schema. */
export interface Named {
  readonly schema: string | null;
  readonly name: string;
}

/** What shares one space of names inside a table, or a schema. */
export type PartSpace = 'column' | 'constraint' | 'index' | 'trigger' | 'policy';
export type TopSpace = 'relation' | 'type' | 'routine' | 'collation' | 'schema' | 'extension';

/** `at`: where in the file, in bytes; absent for the statement's first word. `within`: the table. */
type Seen =
  | { readonly saw: 'thing'; readonly space: TopSpace; readonly thing: Named }
  | {
      readonly saw: 'part';
      readonly space: PartSpace;
      readonly within: Named;
      readonly name: string;
      readonly at?: number | undefined;
    }
  /** It has columns of another table: INHERITS, LIKE, PARTITION OF. */
  | { readonly saw: 'model'; readonly within: Named; readonly model: Named }
  | { readonly saw: 'new name'; readonly space: TopSpace; readonly thing: Named; readonly to: Named }
  | {
      readonly saw: 'new part name';
      readonly space: PartSpace;
      readonly within: Named;
      readonly name: string;
      readonly to: string;
    };
export type Sighting = Seen & { readonly line: number };

/** `bytes`: those of the file. */
export function findSightings(statement: Statement, bytes: Buffer): readonly Sighting[] {
  return (tell(seen, statement.node) ?? []).map((each) => ({
    ...each,
    line: lineOf(statement, 'at' in each ? each.at : undefined, bytes),
  }));
}

function lineOf({ line, start }: Statement, at: number | undefined, bytes: Buffer): number {
  if (at === undefined || at < start) return line;
  let breaks = 0;
  for (const byte of bytes.subarray(start, at)) if (byte === 0x0a) breaks += 1;
  return line + breaks;
}

/** Null for temporary tables: they are nobody's schema. */
function nameOf(range: RangeVar | undefined): Named | null {
  if (range?.relname === undefined || range.relpersistence === 't') return null;
  return { schema: range.schemaname ?? null, name: range.relname };
}

function relation(range: RangeVar | undefined): readonly Seen[] {
  const thing = nameOf(range);
  return thing === null ? [] : [{ saw: 'thing', space: 'relation', thing }];
}

function part(
  space: PartSpace,
  range: RangeVar | undefined,
  name: string | undefined,
  at?: number,
): readonly Seen[] {
  const within = nameOf(range);
  return within === null || name === undefined ? [] : [{ saw: 'part', space, within, name, at }];
}

/** `schema.name` as a list of nodes. */
function pathOf(names: readonly Node[] | undefined): Named | null {
  const texts = (names ?? []).flatMap((node) => ('String' in node ? (node.String.sval ?? []) : []));
  const name = texts.at(-1);
  return name === undefined ? null : { schema: texts.at(-2) ?? null, name };
}

function named(space: TopSpace, names: readonly Node[] | undefined): readonly Seen[] {
  const thing = pathOf(names);
  return thing === null ? [] : [{ saw: 'thing', space, thing }];
}

const alone = (space: TopSpace, name: string | undefined): readonly Seen[] =>
  name === undefined ? [] : [{ saw: 'thing', space, thing: { schema: null, name } }];

function ofColumn(range: RangeVar | undefined, column: ColumnDef): readonly Seen[] {
  const { colname, location, constraints } = column;
  const inner = (constraints ?? []).flatMap((node) =>
    'Constraint' in node ? ofConstraint(range, node.Constraint, colname) : [],
  );
  return [...part('column', range, colname, location), ...inner];
}

function ofConstraint(range: RangeVar | undefined, constraint: Constraint, column?: string): readonly Seen[] {
  const name = constraint.conname ?? nameConstraint(range?.relname ?? '', constraint, column);
  return part('constraint', range, name ?? undefined, constraint.location);
}

function ofModel(range: RangeVar | undefined, model: RangeVar | undefined): readonly Seen[] {
  const [within, other] = [nameOf(range), nameOf(model)];
  return within === null || other === null ? [] : [{ saw: 'model', within, model: other }];
}

function ofElement(range: RangeVar | undefined, node: Node | undefined): readonly Seen[] {
  if (node === undefined) return [];
  if ('ColumnDef' in node) return ofColumn(range, node.ColumnDef);
  if ('TableLikeClause' in node) return ofModel(range, node.TableLikeClause.relation);
  if ('RangeVar' in node) return ofModel(range, node.RangeVar);
  return 'Constraint' in node ? ofConstraint(range, node.Constraint) : [];
}

const ofTable = ({ relation: range, tableElts, inhRelations }: BodyOf<'CreateStmt'>): readonly Seen[] => [
  ...relation(range),
  ...(tableElts ?? []).flatMap((node) => ofElement(range, node)),
  ...(inhRelations ?? []).flatMap((node) => ofElement(range, node)),
];

/** What ADD says; what changes a column leaves its line where the column is made. */
function ofAct(range: RangeVar | undefined, node: Node): readonly Seen[] {
  if (!('AlterTableCmd' in node)) return [];
  const { subtype, def, name } = node.AlterTableCmd;
  if (subtype === 'AT_AddColumn' || subtype === 'AT_AddConstraint' || subtype === 'AT_AddInherit')
    return ofElement(range, def);
  if (subtype === 'AT_AttachPartition' && def !== undefined && 'PartitionCmd' in def)
    return ofModel(def.PartitionCmd.name, range);
  return subtype === 'AT_AddIndexConstraint' ? part('constraint', range, name) : [];
}

const relations: readonly (string | undefined)[] = [
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_SEQUENCE',
  'OBJECT_FOREIGN_TABLE',
];

function ofNewName(body: BodyOf<'RenameStmt'>): readonly Seen[] {
  const { relation: range, renameType, subname, newname, object } = body;
  if (newname === undefined) return [];
  const within = nameOf(range);
  const spaces: Partial<Record<string, PartSpace>> = {
    OBJECT_COLUMN: 'column',
    OBJECT_TABCONSTRAINT: 'constraint',
    OBJECT_TRIGGER: 'trigger',
    OBJECT_POLICY: 'policy',
  };
  const space = spaces[renameType ?? ''];
  if (within !== null && space !== undefined && subname !== undefined)
    return [{ saw: 'new part name', space, within, name: subname, to: newname }];
  const whole = relations.includes(renameType) ? within : null;
  const type = renameType === 'OBJECT_TYPE' && object !== undefined && 'List' in object ? object.List : null;
  const thing = whole ?? pathOf(type?.items);
  if (thing === null) return [];
  const to = { schema: thing.schema, name: newname };
  return [{ saw: 'new name', space: whole === null ? 'type' : 'relation', thing, to }];
}

function ofNewSchema(body: BodyOf<'AlterObjectSchemaStmt'>): readonly Seen[] {
  const { relation: range, objectType, object, newschema } = body;
  if (newschema === undefined) return [];
  const whole = relations.includes(objectType) ? nameOf(range) : null;
  const type = objectType === 'OBJECT_TYPE' && object !== undefined && 'List' in object ? object.List : null;
  const thing = whole ?? pathOf(type?.items);
  if (thing === null) return [];
  const to = { schema: newschema, name: thing.name };
  return [{ saw: 'new name', space: whole === null ? 'type' : 'relation', thing, to }];
}

const seen: ByKind<readonly Seen[]> = {
  CreateStmt: ofTable,
  CreateForeignTableStmt: ({ base }) => (base === undefined ? [] : ofTable(base)),
  AlterTableStmt: ({ relation: range, cmds }) => (cmds ?? []).flatMap((node) => ofAct(range, node)),
  RenameStmt: ofNewName,
  AlterObjectSchemaStmt: ofNewSchema,
  IndexStmt: (body) =>
    part('index', body.relation, body.idxname ?? nameIndex(body.relation?.relname ?? '', body)),
  CreateTrigStmt: ({ relation: range, trigname }) => part('trigger', range, trigname),
  CreatePolicyStmt: ({ table, policy_name: name }) => part('policy', table, name),
  ViewStmt: ({ view }) => relation(view),
  CreateTableAsStmt: ({ into }) => relation(into?.rel),
  SelectStmt: ({ intoClause }) => relation(intoClause?.rel),
  CreateSeqStmt: ({ sequence }) => relation(sequence),
  CreateEnumStmt: ({ typeName }) => named('type', typeName),
  CreateDomainStmt: ({ domainname }) => named('type', domainname),
  CreateRangeStmt: ({ typeName }) => named('type', typeName),
  CompositeTypeStmt: ({ typevar }) =>
    relation(typevar).map((each) => (each.saw === 'thing' ? { ...each, space: 'type' as const } : each)),
  DefineStmt: ({ kind, defnames }) =>
    kind === 'OBJECT_COLLATION'
      ? named('collation', defnames)
      : named(kind === 'OBJECT_AGGREGATE' ? 'routine' : 'type', defnames),
  CreateFunctionStmt: ({ funcname }) => named('routine', funcname),
  CreateSchemaStmt: ({ schemaname, authrole, schemaElts }) => {
    const schema = schemaname ?? authrole?.rolename;
    const inner = (schemaElts ?? []).flatMap((node) =>
      (tell(seen, node) ?? []).map((each) => inside(each, schema)),
    );
    return [...alone('schema', schema), ...inner];
  },
  CreateExtensionStmt: ({ extname }) => alone('extension', extname),
};

/** What CREATE SCHEMA makes by the way is made in it. */
function inside(each: Seen, schema: string | undefined): Seen {
  const own = (name: Named): Named => ({ schema: name.schema ?? schema ?? null, name: name.name });
  if (each.saw === 'thing') return { ...each, thing: own(each.thing) };
  return 'within' in each ? { ...each, within: own(each.within) } : each;
}
