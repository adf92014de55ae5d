// What a name stands for where it is used, and what a module exports under a name: by syntax alone.
import type ts from 'typescript';
import type { TypeScript } from './typescript.ts';

/** What another module exports: `name` is `*` for the module as a whole. */
export interface Elsewhere {
  readonly kind: 'elsewhere';
  readonly node: ts.Node;
  readonly module: string;
  readonly name: string;
}
export type Meaning =
  | { readonly kind: 'variable'; readonly node: ts.VariableDeclaration }
  | { readonly kind: 'part'; readonly node: ts.BindingElement }
  | { readonly kind: 'parameter'; readonly node: ts.ParameterDeclaration }
  | { readonly kind: 'function'; readonly node: ts.FunctionDeclaration }
  | { readonly kind: 'expression'; readonly node: ts.Node; readonly expression: ts.Expression }
  | Elsewhere;

/** The declaration that a name refers to, looked for outwards from where it is used. */
export function findMeaning(typescript: TypeScript, identifier: ts.Identifier): Meaning | null {
  for (let node: ts.Node | undefined = identifier.parent; node !== undefined; node = node.parent) {
    const found =
      typescript.isSourceFile(node) || typescript.isBlock(node) || typescript.isModuleBlock(node)
        ? declaredIn(typescript, node.statements, identifier.text)
        : typescript.isFunctionLike(node)
          ? parameterOf(typescript, node, identifier.text)
          : null;
    if (found !== null) return found;
  }
  return null;
}

/** What a module exports under a name, `export *` apart. */
export function findExported(typescript: TypeScript, file: ts.SourceFile, name: string): Meaning | null {
  for (const statement of file.statements) {
    const found =
      exportedBy(typescript, statement, name) ??
      (typescript.isExpressionStatement(statement)
        ? commonExport(typescript, statement.expression, name)
        : null);
    if (found !== null) return found;
  }
  return null;
}

/** The modules that a file re-exports whole. */
export function findStars(typescript: TypeScript, file: ts.SourceFile): readonly Elsewhere[] {
  return file.statements.flatMap((node) =>
    typescript.isExportDeclaration(node) &&
    node.exportClause === undefined &&
    node.moduleSpecifier !== undefined &&
    typescript.isStringLiteral(node.moduleSpecifier)
      ? [{ kind: 'elsewhere', node, module: node.moduleSpecifier.text, name: '*' } as const]
      : [],
  );
}

/** The text of a property's name where it is written out: `id`, `'id'`, `['id']`. */
export function nameText(typescript: TypeScript, name: ts.PropertyName | ts.BindingName): string | null {
  if (typescript.isIdentifier(name) || typescript.isStringLiteralLike(name)) return name.text;
  if (typescript.isNumericLiteral(name)) return name.text;
  if (typescript.isComputedPropertyName(name) && typescript.isStringLiteralLike(name.expression))
    return name.expression.text;
  return null;
}

function declaredIn(
  typescript: TypeScript,
  statements: ts.NodeArray<ts.Statement>,
  name: string,
): Meaning | null {
  for (const statement of statements) {
    if (typescript.isVariableStatement(statement)) {
      const found = variableNamed(typescript, statement.declarationList.declarations, name);
      if (found !== null) return found;
    } else if (typescript.isFunctionDeclaration(statement) && statement.name?.text === name) {
      return { kind: 'function', node: statement };
    } else if (typescript.isImportDeclaration(statement)) {
      const found = imported(typescript, statement, name);
      if (found !== null) return found;
    }
  }
  return null;
}

function variableNamed(
  typescript: TypeScript,
  declarations: readonly ts.VariableDeclaration[],
  name: string,
): Meaning | null {
  for (const node of declarations) {
    if (typescript.isIdentifier(node.name)) {
      if (node.name.text === name) return { kind: 'variable', node };
    } else {
      const part = partNamed(typescript, node.name, name);
      if (part !== null) return part;
    }
  }
  return null;
}

function partNamed(typescript: TypeScript, pattern: ts.BindingPattern, name: string): Meaning | null {
  for (const element of pattern.elements) {
    if (!typescript.isBindingElement(element)) continue;
    if (typescript.isIdentifier(element.name)) {
      if (element.name.text === name) return { kind: 'part', node: element };
    } else {
      const deeper = partNamed(typescript, element.name, name);
      if (deeper !== null) return deeper;
    }
  }
  return null;
}

function parameterOf(
  typescript: TypeScript,
  node: ts.SignatureDeclaration | ts.JSDocSignature,
  name: string,
): Meaning | null {
  for (const parameter of node.parameters as readonly (ts.ParameterDeclaration | ts.JSDocParameterTag)[]) {
    if (!typescript.isParameter(parameter)) continue;
    if (typescript.isIdentifier(parameter.name)) {
      if (parameter.name.text === name) return { kind: 'parameter', node: parameter };
    } else {
      const part = partNamed(typescript, parameter.name, name);
      if (part !== null) return part;
    }
  }
  return null;
}

function imported(typescript: TypeScript, node: ts.ImportDeclaration, name: string): Meaning | null {
  const { importClause: clause, moduleSpecifier } = node;
  if (clause === undefined || !typescript.isStringLiteral(moduleSpecifier)) return null;
  const from = { kind: 'elsewhere', module: moduleSpecifier.text } as const;
  if (clause.name?.text === name) return { ...from, node: clause, name: 'default' };
  const named = clause.namedBindings;
  if (named === undefined) return null;
  if (typescript.isNamespaceImport(named))
    return named.name.text === name ? { ...from, node: named, name: '*' } : null;
  const element = named.elements.find((each) => each.name.text === name);
  return element === undefined
    ? null
    : { ...from, node: element, name: (element.propertyName ?? element.name).text };
}

function exportedBy(typescript: TypeScript, node: ts.Statement, name: string): Meaning | null {
  if (typescript.isExportAssignment(node))
    return name === 'default' ? { kind: 'expression', node, expression: node.expression } : null;
  if (typescript.isExportDeclaration(node)) return exportedByClause(typescript, node, name);
  const modifiers = typescript.canHaveModifiers(node) ? (typescript.getModifiers(node) ?? []) : [];
  if (!modifiers.some((each) => each.kind === typescript.SyntaxKind.ExportKeyword)) return null;
  if (typescript.isVariableStatement(node))
    return variableNamed(typescript, node.declarationList.declarations, name);
  if (typescript.isFunctionDeclaration(node) && node.name?.text === name) return { kind: 'function', node };
  return null;
}

/** `export { a as b }`, `export { a as b } from './x'`, `export * as b from './x'` */
function exportedByClause(
  typescript: TypeScript,
  { exportClause: clause, moduleSpecifier }: ts.ExportDeclaration,
  name: string,
): Meaning | null {
  if (clause === undefined) return null;
  const module =
    moduleSpecifier !== undefined && typescript.isStringLiteral(moduleSpecifier)
      ? moduleSpecifier.text
      : null;
  if (typescript.isNamespaceExport(clause))
    return clause.name.text === name && module !== null
      ? { kind: 'elsewhere', node: clause, module, name: '*' }
      : null;
  const element = clause.elements.find((each) => each.name.text === name);
  if (element === undefined) return null;
  const local = element.propertyName ?? element.name;
  if (module !== null) return { kind: 'elsewhere', node: element, module, name: local.text };
  return typescript.isIdentifier(local) ? { kind: 'expression', node: element, expression: local } : null;
}

/** `exports.a = …`, `module.exports.a = …`, `module.exports = …` (as `default`; its properties by themselves). */
function commonExport(typescript: TypeScript, node: ts.Expression, name: string): Meaning | null {
  if (!typescript.isBinaryExpression(node) || node.operatorToken.kind !== typescript.SyntaxKind.EqualsToken)
    return null;
  const target = node.left.getText();
  if (target === 'module.exports') {
    if (name === 'default') return { kind: 'expression', node, expression: node.right };
    if (!typescript.isObjectLiteralExpression(node.right)) return null;
    const property = node.right.properties.find(
      (each) => each.name !== undefined && nameText(typescript, each.name) === name,
    );
    if (property === undefined) return null;
    if (typescript.isPropertyAssignment(property))
      return { kind: 'expression', node: property, expression: property.initializer };
    return typescript.isShorthandPropertyAssignment(property)
      ? { kind: 'expression', node: property, expression: property.name }
      : null;
  }
  return target === `exports.${name}` || target === `module.exports.${name}`
    ? { kind: 'expression', node, expression: node.right }
    : null;
}
