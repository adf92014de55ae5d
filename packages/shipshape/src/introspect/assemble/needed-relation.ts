// A table or view of a need, taken apart when it is asked about.
import type { Column, Index, PrimaryKey, TableAccess, UniqueKey } from '../../catalog/index.ts';
import type { ArbiterRow, PackedColumns, PackedDefaults } from '../queries/needed.ts';
import type { RelationRow } from '../queries/relations.ts';
import type { NeededRelation } from '../reading.ts';
import { assembleArbiter } from './arbiter.ts';
import { assembleTable, assembleView } from './relations.ts';

/** The rows of one relation. */
export interface RelationFacts {
  readonly row: RelationRow;
  readonly columns: PackedColumns | undefined;
  readonly defaults: PackedDefaults | undefined;
  readonly arbiters: readonly ArbiterRow[];
}

/** `types`: names by oid and modifier, `1043:68`. Rows that do not belong together are an Error when they are asked about. */
export class RelationOfRows implements NeededRelation {
  readonly schema: string;
  readonly name: string;
  readonly access: TableAccess;
  readonly #facts: RelationFacts;
  readonly #types: ReadonlyMap<string, string>;
  #unpacked: Unpacked | null = null;
  #arbiters: readonly (PrimaryKey | UniqueKey | Index)[] | null = null;

  constructor(facts: RelationFacts, types: ReadonlyMap<string, string>) {
    this.schema = facts.row.schema;
    this.name = facts.row.name;
    this.access = facts.row.access;
    this.#facts = facts;
    this.#types = types;
  }

  get table(): NeededRelation['table'] {
    const { row } = this.#facts;
    if (row.kind !== 'v' && row.kind !== 'm') return assembleTable(row, undefined);
    const columns = [...this.columns.values()].map(({ name, type }) => ({ name, type }));
    return assembleView(row, columns, undefined);
  }

  get columns(): ReadonlyMap<string, Column> {
    return this.#unpack().columns;
  }

  get arbiters(): readonly (PrimaryKey | UniqueKey | Index)[] {
    const nameOf = (number: number) => this.#nameOf(number);
    this.#arbiters ??= this.#facts.arbiters.map((each) => assembleArbiter(each, this, nameOf));
    return this.#arbiters;
  }

  #nameOf(number: number): string {
    const name = this.#unpack().names[number];
    if (name === undefined) throw new Error(`column ${number} of ${this.schema}.${this.name} was not read`);
    return name;
  }

  #unpack(): Unpacked {
    this.#unpacked ??= unpack(this.#facts, this.#types);
    return this.#unpacked;
  }
}

interface Unpacked {
  /** By number; there is none where a column was dropped. */
  readonly names: readonly string[];
  /** In the order of their numbers. */
  readonly columns: ReadonlyMap<string, Column>;
}

function unpack({ row, columns, defaults }: RelationFacts, types: ReadonlyMap<string, string>): Unpacked {
  if (columns === undefined) return { names: [], columns: new Map() };
  const { schema, name: table } = row;
  const told = JSON.parse(columns.names) as readonly string[];
  const typeKeys = columns.types.split(' ');
  const letters = columns.letters.split(' ');
  const expressions = expressionsOf(defaults);
  const make = (at: number, number: number, position: number): Column => {
    const name = told[at] as string;
    const type = types.get(typeKeys[at] as string);
    if (type === undefined) throw new Error(`the type of ${table}.${name} was not read`);
    const expression = expressions?.get(number) ?? null;
    const own = letters[at] as string;
    const isPlain = own.length === 1;
    const isGenerated = !isPlain && /[sv]/.test(own);
    const column: Column = {
      kind: 'column',
      schema,
      table,
      name,
      type,
      nullable: own.startsWith('f'),
      default: isGenerated ? null : expression,
      identity: isPlain ? null : own.includes('a') ? 'always' : own.includes('d') ? 'by default' : null,
      generated: isGenerated ? expression : null,
      position,
    };
    return isGenerated && own.includes('v') ? { ...column, virtual: true } : column;
  };
  // The server tells them as it finds them.
  const places: number[] = [];
  columns.numbers.split(' ').forEach((number, at) => {
    places[Number(number)] = at;
  });
  const names: string[] = [];
  const byName = new Map<string, Column>();
  // Numbers of dropped columns are left out.
  places.forEach((at, number) => {
    const column = make(at, number, byName.size + 1);
    names[number] = column.name;
    byName.set(column.name, column);
  });
  return { names, columns: byName };
}

function expressionsOf(defaults: PackedDefaults | undefined): ReadonlyMap<number, string> | null {
  if (defaults === undefined) return null;
  const expressions = JSON.parse(defaults.expressions) as readonly string[];
  return new Map(
    defaults.numbers.split(' ').map((number, at) => [Number(number), expressions[at] as string]),
  );
}
