// findMember: the line of a class, or of a class that it extends, that declares a property.
import type ts from 'typescript';
import { findMeaning } from './declarations.ts';
import type { Files } from './files.ts';
import type { TypeScript } from './typescript.ts';

/** The first class of this name. Names of models are unique in an app: ORMs insist on it. */
export function findClass(
  typescript: TypeScript,
  files: readonly ts.SourceFile[],
  name: string,
): ts.ClassLikeDeclaration | null {
  return first(files, (node) =>
    typescript.isClassLike(node) && nameOf(typescript, node) === name ? node : null,
  );

  function first<Found>(nodes: readonly ts.Node[], pick: (node: ts.Node) => Found | null): Found | null {
    for (const node of nodes) {
      const found = firstIn(typescript, node, pick);
      if (found !== null) return found;
    }
    return null;
  }
}

/**
 * A class that is extended is the one of the same file or of the file that its import names, else the first of its name
 * among the files (what is imported through an index). Those that a mixin (`extends Stamped(Base)`) makes are looked for in
 * the mixin's own text.
 */
export function findMember(
  typescript: TypeScript,
  files: readonly ts.SourceFile[],
  declaration: ts.ClassLikeDeclaration,
  name: string,
  resolve: Files['resolve'],
): ts.Node | null {
  const seen = new Set<ts.Node>();
  return within(declaration);

  function within(node: ts.ClassLikeDeclaration): ts.Node | null {
    if (seen.has(node)) return null;
    seen.add(node);
    return ownMember(typescript, node, name) ?? extended(node);
  }

  function extended(node: ts.ClassLikeDeclaration): ts.Node | null {
    const clause = node.heritageClauses?.find(({ token }) => token === typescript.SyntaxKind.ExtendsKeyword);
    const base = clause?.types[0]?.expression;
    return base === undefined ? null : behind(base);
  }

  function behind(base: ts.Expression): ts.Node | null {
    if (typescript.isIdentifier(base)) {
      const meant = meaningOf(base);
      const found = findClass(typescript, meant.files, meant.name);
      return found === null ? null : within(found);
    }
    if (typescript.isClassLike(base)) return within(base);
    if (!typescript.isCallExpression(base)) return null;
    const mixin = typescript.isIdentifier(base.expression) ? findFunction(base.expression) : null;
    const made =
      mixin === null
        ? null
        : firstIn(typescript, mixin, (node) => (typescript.isClassLike(node) ? within(node) : null));
    if (made !== null) return made;
    for (const argument of base.arguments) {
      const found = behind(argument);
      if (found !== null) return found;
    }
    return null;
  }

  /** Under which name it is looked for, and in which files first. */
  function meaningOf(used: ts.Identifier): {
    readonly name: string;
    readonly files: readonly ts.SourceFile[];
  } {
    const from = used.getSourceFile();
    const meaning = findMeaning(typescript, used);
    if (meaning?.kind !== 'elsewhere') return { name: used.text, files: [from, ...files] };
    const path = resolve(meaning.module, from.fileName);
    const isNamed = meaning.name !== 'default' && meaning.name !== '*';
    return {
      name: isNamed ? meaning.name : used.text,
      files: [...files.filter(({ fileName }) => fileName === path), ...files],
    };
  }

  function findFunction(used: ts.Identifier): ts.Node | null {
    const { name: called, files: among } = meaningOf(used);
    for (const file of among) {
      const found = firstIn(typescript, file, (node) =>
        (typescript.isFunctionDeclaration(node) || typescript.isVariableDeclaration(node)) &&
        node.name !== undefined &&
        node.name.getText() === called
          ? node
          : null,
      );
      if (found !== null) return found;
    }
    return null;
  }
}

function ownMember(typescript: TypeScript, node: ts.ClassLikeDeclaration, name: string): ts.Node | null {
  for (const member of node.members) {
    if (typescript.isConstructorDeclaration(member)) {
      const parameter = member.parameters.find(
        (each) => each.name.getText() === name && typescript.isParameterPropertyDeclaration(each, member),
      );
      if (parameter !== undefined) return parameter;
    } else if (member.name !== undefined && textOf(typescript, member.name) === name) return lineOf(member);
  }
  return null;
}

/** The name, and not the decorators above it, is where people look. */
function lineOf(member: ts.ClassElement): ts.Node {
  return member.name ?? member;
}

function textOf(typescript: TypeScript, name: ts.PropertyName): string {
  return typescript.isStringLiteralLike(name) ? name.text : name.getText();
}

/** `class A`, `const A = class`. */
function nameOf(typescript: TypeScript, node: ts.ClassLikeDeclaration): string | null {
  if (node.name !== undefined) return node.name.text;
  const { parent } = node;
  return typescript.isVariableDeclaration(parent) ? parent.name.getText() : null;
}

function firstIn<Found>(
  typescript: TypeScript,
  root: ts.Node,
  pick: (node: ts.Node) => Found | null,
): Found | null {
  const own = pick(root);
  if (own !== null) return own;
  let found: Found | null = null;
  typescript.forEachChild(root, (child) => {
    found ??= firstIn(typescript, child, pick);
  });
  return found;
}
