// readOrigins: the line of each declared thing.
import type { Node } from 'typescript';
import { addressOf, type Origin, renderAddressKey } from '../../catalog/index.ts';
import type { Code } from '../../code/origins.ts';
import type { Term } from '../../code/term.ts';
import type { EntityMetadata, Property } from './orm.ts';
import type { Told } from './told.ts';

/**
 * By address key. A property of an embeddable has its line there, a table of a collection that of the collection; what no
 * text shows has the line of its entity. `entities` are all that MikroORM has discovered, `files` are where they and the
 * configuration were loaded from.
 */
export function readOrigins(
  code: Code,
  placed: readonly Told[],
  entities: readonly EntityMetadata[],
  files: readonly string[],
): Readonly<Record<string, Origin>> {
  const [first] = files;
  if (first === undefined) return {};
  const reached = code.reach(files);
  const schemas = code.findCalls(reached, ({ name }) => name === 'EntitySchema' || name === 'defineEntity');
  const places = new Map<string, Place>();
  const origins: Record<string, Origin> = {};
  for (const { object, entity, property } of placed) {
    const node =
      entity === null ? null : nodeOf(entity, property, object.kind === 'index' ? object.name : null);
    origins[renderAddressKey(addressOf(object))] = node === null ? code.startOf(first) : code.origin(node);
  }
  return origins;

  function nodeOf(entity: EntityMetadata, property: string | null, text: string | null): Node | null {
    const collection = entity.pivotTable === true ? collectionOf(entity) : null;
    if (collection !== null) return nodeOf(collection.entity, collection.property.name, null);
    const inside = property === null ? null : nodeOfProperty(entity, entity.properties[property]);
    const { node } = placeOf(entity.className);
    const named = text === null || node === null ? null : code.findText({ node, bindings: new Map() }, text);
    return inside ?? named ?? node;
  }

  function nodeOfProperty(entity: EntityMetadata, property: Property | undefined): Node | null {
    if (property === undefined) return null;
    const [parent, child] = property.embedded ?? [];
    if (parent === undefined || child === undefined) return nodeNamed(entity, property.name);
    // Embeddables of several classes are told as `Cat | Dog`.
    const embeddables = entity.properties[parent]?.type.split(/\s*\|\s*/) ?? [];
    for (const name of embeddables) {
      const embeddable = entities.find(({ className }) => className === name);
      const node = embeddable === undefined ? null : nodeNamed(embeddable, child);
      if (node !== null) return node;
    }
    return nodeOfProperty(entity, entity.properties[parent]);
  }

  /** In the entity, in what it extends, and in those that share its table. */
  function nodeNamed(entity: EntityMetadata, name: string): Node | null {
    const heirs = entities.filter((each) => each.root === entity && each !== entity);
    for (const each of [entity, ...heirs]) {
      for (let at: string | null = each.className; at !== null; at = baseOf(at)) {
        const node = placeOf(at).find(name);
        if (node !== null) return node;
      }
    }
    return null;
  }

  function baseOf(className: string): string | null {
    const base = entities.find((each) => each.className === className)?.extends;
    if (base === undefined) return null;
    const name = typeof base === 'string' ? base : (base.meta?.className ?? base.name ?? null);
    return name === className ? null : name;
  }

  function placeOf(className: string): Place {
    const known = places.get(className) ?? findPlace(className);
    places.set(className, known);
    return known;
  }

  function findPlace(className: string): Place {
    for (const { node } of schemas) {
      const options = code.argument({ node, bindings: new Map() }, 0);
      const members = options === null ? new Map() : code.members(options);
      if (!isNamed(members.get('name')?.value ?? null, members.get('class')?.value ?? null, className))
        continue;
      const properties = members.get('properties')?.value ?? null;
      const own = properties === null ? new Map() : code.members(properties);
      return { node, find: (name) => own.get(name)?.node ?? null };
    }
    const declaration = code.findClass(reached, className);
    return {
      node: declaration?.name ?? declaration,
      find: (name) => (declaration === null ? null : code.findMember(reached, declaration, name)),
    };
  }

  /** `name: 'Author'`, or `class: Author`. */
  function isNamed(name: Term | null, itsClass: Term | null, className: string): boolean {
    if (name !== null) return code.text(name) === className;
    return itsClass?.node.getText() === className;
  }

  function collectionOf(
    pivot: EntityMetadata,
  ): { readonly entity: EntityMetadata; readonly property: Property } | null {
    for (const entity of entities) {
      const property = entity.props.find(
        ({ kind, pivotEntity, owner }) => kind === 'm:n' && owner === true && pivotEntity === pivot.className,
      );
      if (property !== undefined) return { entity, property };
    }
    return null;
  }
}

/** Where an entity is declared, and where one of its properties is. */
interface Place {
  readonly node: Node | null;
  readonly find: (property: string) => Node | null;
}
