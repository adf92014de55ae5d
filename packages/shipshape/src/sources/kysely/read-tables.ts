// readTables: the tables and columns of a Database type, as the checker understands it.
import type ts from 'typescript';
import type { Checker } from '../../code/checker.ts';
import { readColumnType } from './column-type.ts';
import { isWhole } from './is-whole.ts';
import type { TypedColumn, TypedTable } from './table.ts';

export interface ReadTables {
  readonly tables: readonly TypedTable[];
  /** Tables whose type cannot be known, since something in it is not found. */
  readonly unread: readonly string[];
  /** Tables whose columns have no names of their own: `Record<string, unknown>`. */
  readonly nameless: readonly string[];
}

/** Inherited, intersected, mapped and computed properties are properties like any other. */
export function readTables(checker: Checker, database: ts.Type): ReadTables {
  const { types, typescript } = checker;
  const { Any, Never, Unknown } = typescript.TypeFlags;
  const tables: TypedTable[] = [];
  const unread: string[] = [];
  const nameless: string[] = [];
  for (const property of types.getPropertiesOfType(database)) {
    const type = types.getTypeOfSymbol(property);
    if (type.flags & (Any | Unknown | Never) || !isWhole(checker, type)) unread.push(property.name);
    else if (types.getIndexInfosOfType(type).length > 0) nameless.push(property.name);
    else tables.push(readTable(property, type));
  }
  return { tables, unread, nameless };

  function readTable(property: ts.Symbol, type: ts.Type): TypedTable {
    const origin = checker.originOf(property);
    const columns = propertiesOf(type).map(
      (column): TypedColumn => ({
        name: column.name,
        ...readColumnType(checker, types.getTypeOfSymbol(column)),
        origin: checker.originOf(column) ?? origin,
      }),
    );
    // The interface of a table says more than the line that lists it among others.
    const own = type.aliasSymbol ?? type.getSymbol();
    const declared = own === undefined || isNameless(own) ? null : checker.originOf(own);
    return { name: property.name, columns, origin: declared ?? origin };
  }

  /** Of a union, what all of its members have. */
  function propertiesOf(type: ts.Type): readonly ts.Symbol[] {
    return types.getPropertiesOfType(types.getNonNullableType(type));
  }

  function isNameless({ flags }: ts.Symbol): boolean {
    return (flags & typescript.SymbolFlags.TypeLiteral) !== 0;
  }
}
