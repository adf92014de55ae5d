// Code: what the app's own text says about its models, and on which line.
import { relative, sep } from 'node:path';
import type ts from 'typescript';
import type { Origin } from '../catalog/index.ts';
import { type Call, findCalls } from './calls.ts';
import { findClass, findMember } from './class-members.ts';
import { makeFiles } from './files.ts';
import { makeFollower } from './follow.ts';
import { reach } from './reach.ts';
import type { Member, Sighting, Term } from './term.ts';
import { loadTypeScript } from './typescript.ts';

export interface Code {
  /**
   * Where a module's export is declared, followed through re-exports and names; `path` leads into exported objects
   * (`['default', 'users']`). Null when no text exports it.
   */
  findExport(file: string, path: readonly string[]): Sighting | null;
  /**
   * The argument of the call that a value comes from, behind wrappers written in the app and behind methods called on
   * its result (`pgTable('users', { … }).enableRLS()`).
   */
  argument(value: Term, index: number): Term | null;
  /** The properties of an object, or of the object that a function gives, with all that is spread into them. */
  members(value: Term): ReadonlyMap<string, Member>;
  /** The text of a string literal that a value comes from; null for everything else. */
  text(value: Term): string | null;
  /** The first string literal with this text inside the call that a value comes from. */
  findText(value: Term, text: string): ts.Node | null;
  /** The files, and those of the app that they bring with them. */
  reach(files: Iterable<string>): readonly ts.SourceFile[];
  /** Where the files call what is wanted, be it with `new`. */
  findCalls(files: readonly ts.SourceFile[], wanted: (call: Call) => boolean): readonly Call[];
  /** The first class of this name in the files. */
  findClass(files: readonly ts.SourceFile[], name: string): ts.ClassLikeDeclaration | null;
  /** The name of a property where the class, or one that it extends, declares it. */
  findMember(
    files: readonly ts.SourceFile[],
    declaration: ts.ClassLikeDeclaration,
    name: string,
  ): ts.Node | null;
  origin(node: ts.Node): Origin;
  /** The first line of a file: the place of what no text declares. */
  startOf(file: string): Origin;
}

/**
 * Reads with TypeScript's own parser, file by file and only those that are asked for. Null when the project has no
 * TypeScript.
 */
export async function openCode(root: string): Promise<Code | null> {
  const typescript = loadTypeScript(root);
  if (typescript === null) return null;
  const files = makeFiles(typescript);
  const follower = makeFollower(typescript, files);
  const pathOf = (file: string): string => relative(root, file).split(sep).join('/');

  function callOf(value: Term): Term | null {
    const reduced = follower.reduce(value);
    const { node } = reduced;
    return typescript?.isCallExpression(node) || typescript?.isNewExpression(node) ? reduced : null;
  }

  return {
    findExport(file, [first = 'default', ...rest]) {
      let at = follower.exported(file, first);
      for (const name of rest) at = at === null ? null : follower.member(at, name);
      return at;
    },
    argument(value, index) {
      let call = callOf(value);
      while (call !== null) {
        const { arguments: given, expression } = call.node as ts.CallExpression | ts.NewExpression;
        const node = given?.[index];
        if (node !== undefined) return { node, bindings: call.bindings };
        call = typescript.isPropertyAccessExpression(expression)
          ? callOf({ node: expression.expression, bindings: call.bindings })
          : null;
      }
      return null;
    },
    members: follower.members,
    text(value) {
      const { node } = follower.reduce(value);
      return typescript.isStringLiteralLike(node) ? node.text : null;
    },
    reach: (from) => reach(typescript, files, from),
    findCalls: (among, wanted) => findCalls(typescript, among, wanted),
    findClass: (among, name) => findClass(typescript, among, name),
    findMember: (among, declaration, name) => findMember(typescript, among, declaration, name, files.resolve),
    findText(value, text) {
      const visit = (node: ts.Node): ts.Node | undefined =>
        typescript.isStringLiteralLike(node) && node.text === text
          ? node
          : typescript.forEachChild(node, visit);
      return visit(follower.reduce(value).node) ?? null;
    },
    origin(node) {
      const file = node.getSourceFile();
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      return { file: pathOf(file.fileName), line: line + 1 };
    },
    startOf: (file) => ({ file: pathOf(file), line: 1 }),
  };
}
