// Follows expressions through names, files, calls of the app's own functions, and objects put together from others.
import type ts from 'typescript';
import { findExported, findMeaning, findStars, type Meaning, nameText } from './declarations.ts';
import type { Files } from './files.ts';
import type { Bindings, Member, Sighting, Term } from './term.ts';
import type { TypeScript } from './typescript.ts';

export interface Follower {
  /** What a module exports under a name, through re-exports, as far as names lead and no call is entered. */
  exported(file: string, name: string): Sighting | null;
  /** A member of what was found, as far as names lead. */
  member(sighting: Sighting, name: string): Sighting | null;
  /** The expression behind names and behind calls of the app's own functions: a literal, or a call of a library. */
  reduce(term: Term): Term;
  /** The properties of an object literal, of the object a function gives, and of what is spread into it. */
  members(term: Term): ReadonlyMap<string, Member>;
}

/** One step, with the declaration that was passed; `entered` when it went into a function. */
interface Step {
  readonly term: Term;
  readonly node: ts.Node | null;
  readonly entered: boolean;
}

const nothing: Bindings = new Map();
/** Deeper than any sane model, shallow enough for declarations that lead back to themselves. */
const deepest = 60;

export function makeFollower(typescript: TypeScript, files: Files): Follower {
  let depth = 0;

  /** Null where names lead in a circle. */
  function guarded<Value>(work: () => Value | null): Value | null {
    if (depth >= deepest) return null;
    depth += 1;
    try {
      return work();
    } finally {
      depth -= 1;
    }
  }

  function exported(path: string, name: string): Sighting | null {
    return guarded(() => {
      const file = files.parse(path);
      if (file === null) return null;
      const own = findExported(typescript, file, name);
      if (own !== null) {
        const found = meant(own, nothing);
        return found === null ? { node: own.node, value: null } : throughNames(found);
      }
      const stars = findStars(typescript, file);
      for (const star of stars) {
        const target = files.resolve(star.module, path);
        const found = target === null ? null : exported(target, name);
        if (found !== null) return found;
      }
      const unread = stars.find((star) => files.resolve(star.module, path) === null);
      return unread === undefined ? null : { node: unread.node, value: null };
    });
  }

  /** What a declaration gives, one step further. */
  function meant(meaning: Meaning, bindings: Bindings): Sighting | null {
    switch (meaning.kind) {
      case 'variable':
        return { node: meaning.node, value: initial(meaning.node.initializer, bindings) };
      case 'function':
        return { node: meaning.node, value: { node: meaning.node, bindings } };
      case 'expression':
        return { node: meaning.node, value: { node: meaning.expression, bindings } };
      case 'parameter': {
        const { node } = meaning;
        return { node, value: bindings.get(node) ?? initial(node.initializer, bindings) };
      }
      case 'part':
        return partOf(meaning.node, bindings);
      case 'elsewhere': {
        const target = files.resolve(meaning.module, meaning.node.getSourceFile().fileName);
        if (target === null) return null;
        const file = files.parse(target);
        if (meaning.name === '*')
          return file === null ? null : { node: meaning.node, value: { node: file, bindings: nothing } };
        return exported(target, meaning.name);
      }
    }
  }

  function initial(node: ts.Expression | undefined, bindings: Bindings): Term | null {
    return node === undefined ? null : { node, bindings };
  }

  /** `const { a } = whole`: the member `a` of it; of a rest element, the whole. */
  function partOf(element: ts.BindingElement, bindings: Bindings): Sighting | null {
    const holder = element.parent.parent;
    const whole = typescript.isBindingElement(holder)
      ? partOf(holder, bindings)
      : meant(
          typescript.isParameter(holder)
            ? { kind: 'parameter', node: holder }
            : { kind: 'variable', node: holder },
          bindings,
        );
    const unread: Sighting = { node: element, value: null };
    if (whole?.value == null) return unread;
    if (element.dotDotDotToken !== undefined) return { node: element, value: whole.value };
    const name = nameText(typescript, element.propertyName ?? element.name);
    return name === null ? unread : (memberOf(whole.value, name) ?? unread);
  }

  function memberOf(whole: Term, name: string): Sighting | null {
    return guarded(() => {
      const reduced = reduce(whole);
      if (typescript.isSourceFile(reduced.node)) return exported(reduced.node.fileName, name);
      return members(reduced).get(name) ?? null;
    });
  }

  function throughNames(sighting: Sighting): Sighting {
    let at = sighting;
    for (let steps = 0; at.value !== null && steps < deepest; steps += 1) {
      const next = step(at.value);
      if (next === null || next.entered) break;
      at = { node: next.node ?? at.node, value: next.term };
    }
    return at;
  }

  function reduce(term: Term): Term {
    let at = term;
    for (let steps = 0; steps < deepest; steps += 1) {
      const next = step(at);
      if (next === null) break;
      at = next.term;
    }
    return at;
  }

  function step({ node, bindings }: Term): Step | null {
    if (
      typescript.isParenthesizedExpression(node) ||
      typescript.isAsExpression(node) ||
      typescript.isSatisfiesExpression(node) ||
      typescript.isNonNullExpression(node) ||
      typescript.isTypeAssertionExpression(node) ||
      typescript.isAwaitExpression(node)
    )
      return { term: { node: node.expression, bindings }, node: null, entered: false };
    if (typescript.isIdentifier(node)) {
      const meaning = findMeaning(typescript, node);
      return named(meaning === null ? null : guarded(() => meant(meaning, bindings)));
    }
    if (typescript.isPropertyAccessExpression(node))
      return named(memberOf({ node: node.expression, bindings }, node.name.text));
    if (typescript.isElementAccessExpression(node) && typescript.isStringLiteralLike(node.argumentExpression))
      return named(memberOf({ node: node.expression, bindings }, node.argumentExpression.text));
    return typescript.isCallExpression(node) ? guarded(() => entered(node, bindings)) : null;
  }

  function named(sighting: Sighting | null): Step | null {
    return sighting?.value == null ? null : { term: sighting.value, node: sighting.node, entered: false };
  }

  /** A call of a function whose text is at hand: what it returns. */
  function entered(call: ts.CallExpression, bindings: Bindings): Step | null {
    const required = requiredModule(call);
    if (required !== null) return { term: required, node: null, entered: false };
    const callee = reduce({ node: call.expression, bindings });
    const result = resultOf(callee.node);
    if (result === null) return null;
    const parameters = (callee.node as ts.FunctionLikeDeclaration).parameters;
    const given = parameters.flatMap((parameter, at) => {
      const argument = call.arguments[at];
      return argument === undefined ? [] : [[parameter, { node: argument, bindings }] as const];
    });
    const inner = new Map([...callee.bindings, ...given]);
    return { term: { node: result, bindings: inner }, node: null, entered: true };
  }

  function requiredModule(call: ts.CallExpression): Term | null {
    const [argument] = call.arguments;
    if (call.expression.getText() !== 'require' || argument === undefined) return null;
    if (!typescript.isStringLiteralLike(argument)) return null;
    const target = files.resolve(argument.text, call.getSourceFile().fileName);
    const file = target === null ? null : files.parse(target);
    return file === null ? null : { node: file, bindings: nothing };
  }

  /** What a function returns: the last `return` of its own body. */
  function resultOf(node: ts.Node): ts.Expression | null {
    if (!isFunction(node) || node.body === undefined) return null;
    if (!typescript.isBlock(node.body)) return node.body;
    let last: ts.Expression | null = null;
    const visit = (inner: ts.Node): void => {
      if (typescript.isFunctionLike(inner)) return;
      if (typescript.isReturnStatement(inner) && inner.expression !== undefined) last = inner.expression;
      typescript.forEachChild(inner, visit);
    };
    typescript.forEachChild(node.body, visit);
    return last;
  }

  function isFunction(
    node: ts.Node,
  ): node is ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration {
    return (
      typescript.isArrowFunction(node) ||
      typescript.isFunctionExpression(node) ||
      typescript.isFunctionDeclaration(node) ||
      typescript.isMethodDeclaration(node)
    );
  }

  function members(term: Term): ReadonlyMap<string, Member> {
    return guarded(() => new Map(listMembers(reduce(term)))) ?? new Map();
  }

  function listMembers({ node, bindings }: Term): readonly (readonly [string, Member])[] {
    const of = (expression: ts.Node) => [...members({ node: expression, bindings })];
    if (typescript.isObjectLiteralExpression(node))
      return node.properties.flatMap((property) =>
        typescript.isSpreadAssignment(property) ? of(property.expression) : memberFrom(property, bindings),
      );
    const result = resultOf(node);
    if (result !== null) return of(result);
    if (typescript.isConditionalExpression(node)) return [...of(node.whenFalse), ...of(node.whenTrue)];
    // `a && { … }`, `a ?? { … }`: whichever side is an object.
    if (typescript.isBinaryExpression(node)) return [...of(node.left), ...of(node.right)];
    if (typescript.isCallExpression(node) && /^Object\.(assign|freeze|seal)$/.test(node.expression.getText()))
      return node.arguments.flatMap(of);
    return [];
  }

  function memberFrom(
    property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
    bindings: Bindings,
  ): readonly (readonly [string, Member])[] {
    const name = nameText(typescript, property.name);
    if (name === null) return [];
    const value = typescript.isPropertyAssignment(property)
      ? { node: property.initializer, bindings }
      : typescript.isShorthandPropertyAssignment(property)
        ? { node: property.name, bindings }
        : { node: property, bindings };
    return [[name, { node: property, value }]];
  }

  return {
    exported,
    reduce,
    members,
    member: (sighting, name) => {
      const found = sighting.value === null ? null : memberOf(sighting.value, name);
      return found === null ? null : throughNames(found);
    },
  };
}
