// reach: the files of the app that a module brings with it.
import { dirname } from 'node:path';
import type ts from 'typescript';
import type { Files } from './files.ts';
import { findFiles } from './glob.ts';
import type { TypeScript } from './typescript.ts';

/**
 * The files, those of the app that they import or require, and, of one that reads folders (`models/index.js` of
 * sequelize-cli), the modules beside and below it. Packages are not entered.
 */
export function reach(
  typescript: TypeScript,
  files: Files,
  from: Iterable<string>,
): readonly ts.SourceFile[] {
  const reached = new Map<string, ts.SourceFile>();
  const waiting = [...from];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const file = reached.has(path) ? null : files.parse(path);
    if (file === null) continue;
    reached.set(path, file);
    for (const specifier of specifiersOf(typescript, file)) {
      const target = files.resolve(specifier, path);
      if (target !== null) waiting.push(target);
    }
    if (/\breaddir(Sync)?\b|\bglob/.test(file.text)) waiting.push(...findFiles(dirname(path), '**/*'));
  }
  return [...reached.values()];
}

/** What `import`, `export … from`, `import()` and `require()` name. */
function specifiersOf(typescript: TypeScript, file: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const keep = (node: ts.Node | undefined) => {
    if (node !== undefined && typescript.isStringLiteralLike(node)) found.push(node.text);
  };
  const visit = (node: ts.Node): void => {
    if (typescript.isImportDeclaration(node) || typescript.isExportDeclaration(node))
      keep(node.moduleSpecifier);
    else if (typescript.isCallExpression(node)) {
      const callee = node.expression;
      const isImport = callee.kind === typescript.SyntaxKind.ImportKeyword;
      if (isImport || callee.getText() === 'require') keep(node.arguments[0]);
    }
    typescript.forEachChild(node, visit);
  };
  typescript.forEachChild(file, visit);
  return found;
}
