// findCalls: where functions and classes of a library are called.
import type ts from 'typescript';
import type { TypeScript } from './typescript.ts';

export interface Call {
  readonly node: ts.CallExpression | ts.NewExpression;
  /** `init` of `User.init(…)`, `EntitySchema` of `new EntitySchema(…)`. */
  readonly name: string;
  /** `User` of `User.init(…)`; null where nothing stands before the name. */
  readonly target: string | null;
}

/** In the order of the files and of their text. */
export function findCalls(
  typescript: TypeScript,
  files: readonly ts.SourceFile[],
  wanted: (call: Call) => boolean,
): readonly Call[] {
  const found: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (typescript.isCallExpression(node) || typescript.isNewExpression(node)) {
      const call = named(node);
      if (call !== null && wanted(call)) found.push(call);
    }
    typescript.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  return found;

  function named(node: ts.CallExpression | ts.NewExpression): Call | null {
    const { expression } = node;
    if (typescript.isIdentifier(expression)) return { node, name: expression.text, target: null };
    return typescript.isPropertyAccessExpression(expression)
      ? { node, name: expression.name.text, target: expression.expression.getText() }
      : null;
  }
}
