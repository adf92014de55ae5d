// readColumnType: what the type of a column says about null, and about being left out of an insert.
import type ts from 'typescript';
import type { Checker } from '../../code/checker.ts';
import type { TypedColumn } from './table.ts';

/**
 * `ColumnType<Select, Insert, Update>` and what is made of it are objects with `__select__` and `__insert__` (Kysely,
 * "Column types"); any other type stands for all three.
 */
export function readColumnType(
  { types, typescript }: Checker,
  type: ts.Type,
): Pick<TypedColumn, 'nullable' | 'filled'> {
  const { Any, BooleanLike, Never, Null, NumberLike, StringLike, Undefined, Unknown } = typescript.TypeFlags;
  const selected = partsOf('__select__');
  const inserted = partsOf('__insert__');
  const wrapped = membersOf(type).some((member) => member.getProperty('__insert__') !== undefined);
  const nullable = isUnknown(selected) || isJson(selected) ? null : has(selected, Null | Undefined);
  const left = has(inserted, Undefined) || inserted.every((each) => each.flags & Never);
  return { nullable, filled: wrapped && left && !isUnknown(inserted) };

  /** As Kysely's own SelectType does: each member of a union by itself. */
  function partsOf(name: '__select__' | '__insert__'): readonly ts.Type[] {
    return membersOf(type).flatMap((member) => {
      const inner = member.getProperty(name);
      return inner === undefined ? [member] : membersOf(types.getTypeOfSymbol(inner));
    });
  }

  function membersOf(whole: ts.Type): readonly ts.Type[] {
    return whole.isUnion() ? whole.types : [whole];
  }

  function has(parts: readonly ts.Type[], flags: ts.TypeFlags): boolean {
    return parts.some((each) => (each.flags & flags) !== 0);
  }

  function isUnknown(parts: readonly ts.Type[]): boolean {
    return has(parts, Any | Unknown);
  }

  /** Any value that JSON has: the null among them is JSON's own, and says nothing about the column. */
  function isJson(parts: readonly ts.Type[]): boolean {
    return [StringLike, NumberLike, BooleanLike, Null].every((flags) => has(parts, flags));
  }
}
