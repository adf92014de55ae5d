// renderTarget: a thing as COMMENT ON, ALTER and DROP name it.
import { quoteIdentifier, type ThingAddress } from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';

/** `TABLE public.t`, `CONSTRAINT c ON public.t`. A foreign table is asked for by its own word (manual, COMMENT). */
export function renderTarget(thing: ThingAddress, naming: Naming, foreign = false): string {
  switch (thing.kind) {
    case 'schema':
      return `SCHEMA ${quoteIdentifier(thing.schema)}`;
    case 'extension':
      return `EXTENSION ${quoteIdentifier(thing.name)}`;
    case 'table':
      return `${foreign ? 'FOREIGN TABLE' : 'TABLE'} ${renderName(thing.schema, thing.name, naming)}`;
    case 'view':
    case 'materialized view':
    case 'sequence':
    case 'domain':
    case 'collation':
      return `${thing.kind.toUpperCase()} ${renderName(thing.schema, thing.name, naming)}`;
    case 'enum':
    case 'composite type':
    case 'range type':
      return `TYPE ${renderName(thing.schema, thing.name, naming)}`;
    case 'routine':
      return `ROUTINE ${renderName(thing.schema, thing.name, naming)}(${thing.arguments})`;
    case 'column':
      return `COLUMN ${renderName(thing.schema, thing.table, naming)}.${quoteIdentifier(thing.name)}`;
    case 'index':
      return `INDEX ${renderName(thing.schema, thing.name, naming)}`;
    case 'trigger':
    case 'policy':
      return `${thing.kind.toUpperCase()} ${inTable(thing, naming)}`;
    default:
      return `CONSTRAINT ${inTable(thing, naming)}`;
  }
}

function inTable(
  { schema, table, name }: { readonly schema: string; readonly table: string; readonly name: string },
  naming: Naming,
): string {
  return `${quoteIdentifier(name)} ON ${renderName(schema, table, naming)}`;
}
