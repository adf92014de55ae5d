// Term: an expression of the app's code together with what the names in it stand for.
import type ts from 'typescript';

/** What the parameters of the functions around an expression were called with. */
export type Bindings = ReadonlyMap<ts.ParameterDeclaration, Term>;

export interface Term {
  /** An expression, a function, or a whole file (`import * as x`). */
  readonly node: ts.Node;
  readonly bindings: Bindings;
}

/** A property of an object, at the line where it is written. */
export interface Member {
  readonly node: ts.Node;
  readonly value: Term | null;
}

/** Where something exported is declared. `value` is null when its text is out of reach (a package, a computed name). */
export interface Sighting {
  readonly node: ts.Node;
  readonly value: Term | null;
}
