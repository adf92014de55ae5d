// readOrigins: the line of each declared thing.
import type ts from 'typescript';
import { addressOf, type Origin, renderAddressKey } from '../../catalog/index.ts';
import type { Code } from '../../code/origins.ts';
import type { Term } from '../../code/term.ts';
import type { Site, Told } from './told.ts';

const bare = (node: ts.Node): Term => ({ node, bindings: new Map() });

/** Where models were loaded from. */
export interface Loaded {
  readonly files: readonly string[];
  /** The file whose module exports a class. */
  exporterOf(value: unknown): string | null;
}

/**
 * By address key: the first of its sites that the code has. What has none (a schema of the database, an extension) has the
 * first line of the first file.
 */
export function readOrigins(
  code: Code,
  told: readonly Told[],
  { files, exporterOf }: Loaded,
): Readonly<Record<string, Origin>> {
  const [first] = files;
  if (first === undefined) return {};
  const reached = code.reach(files);
  const schemas = code.findCalls(
    reached,
    ({ name, target }) => name === 'EntitySchema' || target === 'EntitySchema',
  );
  const known = new Map<unknown, ts.Node | null>();
  const origins: Record<string, Origin> = {};
  for (const { object, sites } of told) {
    const node = firstOf(sites, find);
    origins[renderAddressKey(addressOf(object))] = node === null ? code.startOf(first) : code.origin(node);
  }
  return origins;

  function find({ target, property, text }: Site): ts.Node | null {
    const holder = holderOf(target);
    if (holder === null) return null;
    if (text !== undefined) return code.findText(bare(holder), text);
    const [name] = property;
    if ('members' in holder) {
      const declaration = holder as ts.ClassLikeDeclaration;
      if (name === undefined) return declaration.name ?? declaration;
      // Of what is embedded, the property that embeds it: the classes inside have sites of their own.
      return code.findMember(reached, declaration, name);
    }
    return name === undefined ? holder : inSchema(holder, name);
  }

  /** The class, or the call that makes the schema. */
  function holderOf(target: unknown): ts.Node | null {
    const kept = known.get(target);
    if (kept !== undefined) return kept;
    const name = typeof target === 'function' ? target.name : typeof target === 'string' ? target : '';
    const holder = name === '' ? null : (schemaOf(name) ?? classOf(target, name));
    known.set(target, holder);
    return holder;
  }

  /** Classes may share a name: the one that the module of this very class exports comes first. */
  function classOf(target: unknown, name: string): ts.Node | null {
    const exporter = exporterOf(target);
    const own = reached.filter(({ fileName }) => fileName === exporter);
    return code.findClass(own, name) ?? code.findClass(reached, name);
  }

  function schemaOf(name: string): ts.Node | null {
    const found = schemas.find(({ node }) => {
      const options = code.argument(bare(node), 0);
      const value = options === null ? null : code.members(options).get('name')?.value;
      return value != null && code.text(value) === name;
    });
    return found?.node ?? null;
  }

  function inSchema(call: ts.Node, name: string): ts.Node | null {
    const options = code.argument(bare(call), 0);
    if (options === null) return null;
    const members = code.members(options);
    return firstOf(['columns', 'relations', 'embeddeds'], (part) => {
      const held = members.get(part)?.value;
      return held == null ? null : (code.members(held).get(name)?.node ?? null);
    });
  }
}

function firstOf<Given, Found>(given: readonly Given[], find: (each: Given) => Found | null): Found | null {
  for (const each of given) {
    const found = find(each);
    if (found !== null) return found;
  }
  return null;
}
