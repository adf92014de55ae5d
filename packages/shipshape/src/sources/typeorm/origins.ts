// readOrigins: the line of each declared thing.
import type ts from 'typescript';
import { addressOf, type Origin, renderAddressKey } from '../../catalog/index.ts';
import type { Code } from '../../code/origins.ts';
import type { Term } from '../../code/term.ts';
import type { Told } from './told.ts';

const bare = (node: ts.Node): Term => ({ node, bindings: new Map() });

/**
 * By address key. A column has the line of its property, in whichever class declares it (extended, embedded); what no
 * property says has the line of its entity, and a join table that of the first file. `files`: where models were loaded from.
 */
export function readOrigins(
  code: Code,
  told: readonly Told[],
  files: readonly string[],
): Readonly<Record<string, Origin>> {
  const [first] = files;
  if (first === undefined) return {};
  const reached = code.reach(files);
  const schemas = code.findCalls(
    reached,
    ({ name, target }) => name === 'EntitySchema' || target === 'EntitySchema',
  );
  const origins: Record<string, Origin> = {};
  for (const { object, entity, property } of told) {
    const node = entity === null ? null : find(entity, property);
    origins[renderAddressKey(addressOf(object))] = node === null ? code.startOf(first) : code.origin(node);
  }
  return origins;

  function find(entity: string, property: readonly string[]): ts.Node | null {
    const declaration = code.findClass(reached, entity);
    if (declaration !== null) {
      const decorated = declaration.members.length > 0 || schemaOf(entity) === null;
      if (decorated) return inClass(declaration, property) ?? declaration.name ?? declaration;
    }
    const schema = schemaOf(entity);
    return schema === null ? null : (inSchema(schema, property) ?? schema);
  }

  /** `home.street` is looked for in the class that the property `home` names, else where `home` stands. */
  function inClass(declaration: ts.ClassLikeDeclaration, path: readonly string[]): ts.Node | null {
    const [name, ...rest] = path;
    if (name === undefined) return null;
    const member = code.findMember(reached, declaration, name);
    if (member === null || rest.length === 0) return member;
    for (const type of classesIn(member.parent)) {
      const inner = code.findClass(reached, type);
      const found = inner === null ? null : inClass(inner, rest);
      if (found !== null) return found;
    }
    return member;
  }

  function classesIn(node: ts.Node): readonly string[] {
    return [...node.getText().matchAll(/\b[A-Z]\w*/g)].map(([name]) => name);
  }

  function schemaOf(entity: string): ts.Node | null {
    return schemas.find(({ node }) => code.findText(bare(node), entity) !== null)?.node ?? null;
  }

  function inSchema(call: ts.Node, [name]: readonly string[]): ts.Node | null {
    const options = code.argument(bare(call), 0);
    if (options === null || name === undefined) return null;
    const members = code.members(options);
    for (const part of ['columns', 'relations', 'embeddeds']) {
      const held = members.get(part)?.value;
      const found = held == null ? undefined : code.members(held).get(name);
      if (found !== undefined) return found.node;
    }
    return null;
  }
}
