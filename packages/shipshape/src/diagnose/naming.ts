// How things are named in the SQL and the sentences of a diagnosis.
import { type Address, quoteIdentifier, quoteQualified, renderAddress } from '../catalog/index.ts';

export interface Naming {
  /** Schemas whose names are left out, since the search path leads there. */
  readonly hidden: readonly string[];
  /** SQL that may also run where the thing is already there. */
  readonly repeatable?: boolean;
}

/** The name of something in a schema, as SQL. */
export function renderName(schema: string, name: string, { hidden }: Naming): string {
  return hidden.includes(schema) ? quoteIdentifier(name) : quoteQualified(schema, name);
}

/** As `renderAddress`, and a table says that it is one where it stands alone in a sentence. */
export function renderSubject(address: Address, { hidden }: Naming): string {
  const text = renderAddress(address, hidden);
  return address.kind === 'table' ? `table ${text}` : text;
}

/** The table that an address is in, or the address itself. */
export function renderTableOf(address: Address, naming: Naming): string {
  if (address.kind === 'schema') return quoteIdentifier(address.schema);
  return renderName(address.schema, 'table' in address ? address.table : address.name, naming);
}
