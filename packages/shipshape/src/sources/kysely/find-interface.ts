// findInterface: the Database type that a path names.
import type ts from 'typescript';
import type { Checker } from '../../code/checker.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';

/** What Kysely's documentation and its generators call it. */
const usual = ['Database', 'DB'];

export interface FoundInterface {
  readonly name: string;
  readonly type: ts.Type;
}

/**
 * An interface or a type, exported or not, declared there or brought from elsewhere. `name` null: one of the usual names.
 * Throws ShipshapeError (`interface-not-found`).
 */
export function findInterface(checker: Checker, shown: string, name: string | null): FoundInterface {
  const { types, typescript } = checker;
  const symbols = new Map(symbolsOf().map((symbol) => [symbol.name, symbol]));
  for (const each of name === null ? usual : [name]) {
    const symbol = symbols.get(each);
    const type = symbol === undefined ? null : typeOf(symbol);
    if (type !== null) return { name: each, type };
  }
  const others = [...symbols.values()]
    .filter((symbol) => typeOf(symbol) !== null)
    .map((symbol) => symbol.name);
  const data = { file: shown, name: name ?? usual.join(' or '), others };
  throw new ShipshapeError([makeFinding('interface-not-found', data)]);

  function symbolsOf(): readonly ts.Symbol[] {
    const module = types.getSymbolAtLocation(checker.file);
    const exported = module === undefined ? [] : types.getExportsOfModule(module);
    const kinds = typescript.SymbolFlags.Type | typescript.SymbolFlags.Alias;
    const own = types
      .getSymbolsInScope(checker.file, kinds)
      .filter(({ declarations }) => declarations?.some((each) => each.getSourceFile() === checker.file));
    return [...own, ...exported];
  }

  /** Null for a value, which is no type. */
  function typeOf(symbol: ts.Symbol): ts.Type | null {
    const aliased = (symbol.flags & typescript.SymbolFlags.Alias) !== 0;
    const meant = aliased ? types.getAliasedSymbol(symbol) : symbol;
    const declared = (meant.flags & typescript.SymbolFlags.Type) !== 0;
    // What an import does not find is unknown to the checker as well: its type is `any`.
    const lost = aliased && meant.declarations === undefined;
    return declared || lost ? types.getDeclaredTypeOfSymbol(meant) : null;
  }
}
