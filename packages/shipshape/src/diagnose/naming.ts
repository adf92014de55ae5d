// How things are named in the sentences of a diagnosis.
import { type Address, nameOf, quoteIdentifier, renderAddress, schemaOf } from '../catalog/index.ts';
import { type Naming, renderName } from '../ddl/index.ts';

/** As `renderAddress`, and a table says that it is one where it stands alone in a sentence. */
export function renderSubject(address: Address, { hidden }: Naming): string {
  const text = renderAddress(address, hidden);
  return address.kind === 'table' ? `table ${text}` : text;
}

/** The table that an address is in, or the address itself. */
export function renderTableOf(address: Address, naming: Naming): string {
  if ('on' in address) return renderTableOf(address.on, naming);
  const schema = schemaOf(address);
  if (schema === null || address.kind === 'schema') return quoteIdentifier(nameOf(address));
  return renderName(schema, 'table' in address ? address.table : address.name, naming);
}
