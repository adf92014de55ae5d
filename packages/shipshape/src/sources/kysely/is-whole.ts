// isWhole: whether a type has all that its text says it inherits.
import type ts from 'typescript';
import type { Checker } from '../../code/checker.ts';

/**
 * False where an interface extends a name that is not found: the checker goes on without what would have been inherited.
 * Looks into the parts of intersections and into what helpers (`Omit`, `Partial`) are made of.
 */
export function isWhole({ types, typescript }: Checker, type: ts.Type): boolean {
  const seen = new Set<ts.Type>();
  return visit(type);

  function visit(one: ts.Type): boolean {
    if (seen.has(one)) return true;
    seen.add(one);
    return !extendsUnknown(one) && partsOf(one).every(visit);
  }

  function partsOf(one: ts.Type): readonly ts.Type[] {
    return [
      ...(one.isUnionOrIntersection() ? one.types : []),
      ...(one.isClassOrInterface() ? types.getBaseTypes(one) : []),
      ...(one.aliasTypeArguments ?? []),
    ];
  }

  function extendsUnknown(one: ts.Type): boolean {
    const declarations = one.getSymbol()?.declarations ?? [];
    return declarations.some(
      (each) =>
        (typescript.isInterfaceDeclaration(each) || typescript.isClassDeclaration(each)) &&
        each.heritageClauses?.some((clause) =>
          clause.types.some((base) => types.getTypeAtLocation(base).flags & typescript.TypeFlags.Any),
        ) === true,
    );
  }
}
