// readOrigins: the line of each declared thing.
import type { Node } from 'typescript';
import { addressOf, type Origin, renderAddressKey } from '../../catalog/index.ts';
import type { Call } from '../../code/calls.ts';
import type { Code } from '../../code/origins.ts';
import type { Member, Term } from '../../code/term.ts';
import { type Association, type Model, modelsOf } from './orm.ts';
import type { Told } from './told.ts';

/**
 * By address key. An attribute that an association adds has the line of the association; what no text shows (`id`, the
 * timestamps, what is computed) has the line of its model. `files` are where the models were loaded from.
 */
export function readOrigins(
  code: Code,
  placed: readonly Told[],
  files: readonly string[],
): Readonly<Record<string, Origin>> {
  const [first] = files;
  if (first === undefined) return {};
  const reached = code.reach(files);
  const definitions = code.findCalls(reached, ({ name }) => name === 'define' || name === 'init');
  const associations = code.findCalls(reached, ({ name }) => makers.has(name));
  const places = new Map<Model, Place>();
  const origins: Record<string, Origin> = {};
  for (const { object, model, attribute } of placed) {
    const place = places.get(model) ?? findPlace(model);
    places.set(model, place);
    const node =
      (attribute === null ? null : nodeOf(place, model, attribute)) ??
      (object.kind === 'index' && place.node !== null
        ? code.findText(termOf(place.node), object.name)
        : null) ??
      place.node ??
      joining(model);
    origins[renderAddressKey(addressOf(object))] = node === null ? code.startOf(first) : code.origin(node);
  }
  return origins;

  function findPlace(model: Model): Place {
    const call = definitions.find((each) => defines(each, model));
    if (call !== undefined) return placeOf(call.node, call.name === 'define' ? 1 : 0);
    // A function of the app that is given the name, and calls `define` with what it adds.
    const [helped] = code.findCalls(reached, ({ node }) => names(node, model.name));
    if (helped !== undefined) return placeOf(helped.node, 1);
    // A decorated class.
    const declaration = code.findClass(reached, model.name);
    return {
      node: declaration?.name ?? declaration,
      find: (attribute) => (declaration === null ? null : code.findMember(reached, declaration, attribute)),
    };
  }

  function placeOf(call: Call['node'], at: number): Place {
    const attributes = code.argument(termOf(call), at);
    const members = attributes === null ? new Map<string, Member>() : code.members(attributes);
    return { node: call, find: (attribute) => members.get(attribute)?.node ?? null };
  }

  function defines({ node, name, target }: Call, model: Model): boolean {
    if (name === 'define') return names(node, model.name);
    if (target === model.name) return true;
    const options = code.argument(termOf(node), 1);
    const named = options === null ? undefined : code.members(options).get('modelName');
    return named?.value != null && code.text(named.value) === model.name;
  }

  function names({ arguments: given }: Call['node'], name: string): boolean {
    return given?.some((node) => code.text(termOf(node)) === name) === true;
  }

  function nodeOf({ find }: Place, model: Model, attribute: string): Node | null {
    const own = find(attribute);
    if (own !== null) return own;
    const added = associationsOf(model).filter(({ foreignKey, otherKey, through, target, source }) =>
      through === undefined
        ? foreignKey === attribute && (target === model || source === model)
        : through.model === model && (foreignKey === attribute || otherKey === attribute),
    );
    const sure = associations.find((call) => added.some((each) => makes(call, each)));
    // A class may be called otherwise than its model.
    const named = sure ?? associations.find(({ node }) => added.some((each) => mentionsKey(node, each)));
    return named?.node ?? null;
  }

  function makes({ node, name, target }: Call, association: Association): boolean {
    const { associationType, source, target: far, as } = association;
    if (name.toLowerCase() !== associationType.toLowerCase()) return false;
    const given = node.arguments?.[0]?.getText() ?? '';
    const between = isNamed(target ?? '', source) && isNamed(given, far);
    const told = Object.values(source.associations).filter((each) => each.target === far).length > 1;
    return between && (!told || code.findText(termOf(node), as) !== null || mentionsKey(node, association));
  }

  function mentionsKey(node: Node, { foreignKey }: Association): boolean {
    return code.findText(termOf(node), foreignKey) !== null;
  }

  /** Of a table that only `through: 'PostTags'` names. */
  function joining(model: Model): Node | null {
    return associations.find(({ node }) => code.findText(termOf(node), model.name) !== null)?.node ?? null;
  }
}

const makers = new Set(['belongsTo', 'hasMany', 'hasOne', 'belongsToMany']);

/** Where a model is defined, and where one of its attributes is. */
interface Place {
  readonly node: Node | null;
  readonly find: (attribute: string) => Node | null;
}

function associationsOf(model: Model): readonly Association[] {
  return modelsOf(model.sequelize).flatMap(({ associations }) => Object.values(associations));
}

/** `Post`, `models.Post`, or `this` and `PostModel`, which only a reader understands. */
function isNamed(text: string, { name }: Model): boolean {
  return text === 'this' || text.toLowerCase().split('.').at(-1)?.startsWith(name.toLowerCase()) === true;
}

function termOf(node: Node): Term {
  return { node, bindings: new Map() };
}
