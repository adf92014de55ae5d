// parseSchema: the text of a schema file taken apart by its grammar (Prisma's schema reference; one statement a line).
import type { Argument, Attribute, Block, Field, SchemaFile, Setting, Value } from './schema.ts';
import { readTokens, type Token } from './token.ts';

/** Whatever is no block, field, attribute or setting is passed over: Prisma's own engine says what is wrong with it. */
export function parseSchema({ file, text }: SchemaFile): readonly Block[] {
  const tokens = readTokens(text);
  let at = 0;
  const here = (): Token | undefined => tokens[at];
  const is = (sign: string): boolean => here()?.kind === 'sign' && here()?.text === sign;
  const take = (sign: string): boolean => {
    const found = is(sign);
    if (found) at += 1;
    return found;
  };
  const word = (): string | null => {
    const token = here();
    if (token?.kind !== 'word') return null;
    at += 1;
    return token.text;
  };
  const skipBreaks = (): void => {
    while (here()?.kind === 'break') at += 1;
  };
  const skipLine = (): void => {
    while (here() !== undefined && here()?.kind !== 'break' && !is('}')) at += 1;
  };
  const origin = (token: Token | undefined) => ({ file, line: token?.line ?? 1 });
  const endOf = (): number => tokens[at - 1]?.end ?? 0;

  const blocks: Block[] = [];
  while (at < tokens.length) {
    const block = parseBlock();
    if (block === null) at += 1;
    else blocks.push(block);
  }
  return blocks;

  function parseBlock(): Block | null {
    const first = here();
    const [keyword, name, open] = tokens.slice(at, at + 3);
    if (first === undefined || keyword?.kind !== 'word' || name?.kind !== 'word' || open?.text !== '{')
      return null;
    at += 3;
    const fields: Field[] = [];
    const attributes: Attribute[] = [];
    const settings: Setting[] = [];
    for (;;) {
      skipBreaks();
      if (here() === undefined || take('}')) break;
      const attribute = is('@') ? parseAttribute() : null;
      const setting = attribute === null ? parseSetting() : null;
      const field = attribute === null && setting === null ? parseField() : null;
      if (attribute !== null) attributes.push(attribute);
      else if (setting !== null) settings.push(setting);
      else if (field !== null) fields.push(field);
      skipLine();
    }
    const { start } = first;
    const names = { keyword: keyword.text, name: name.text };
    return { ...names, fields, attributes, settings, start, end: endOf(), origin: origin(first) };
  }

  /** `name = value` */
  function parseSetting(): Setting | null {
    const first = here();
    if (first?.kind !== 'word' || tokens[at + 1]?.text !== '=') return null;
    at += 2;
    const value = parseValue();
    return value === null
      ? null
      : { name: first.text, value, start: first.start, end: endOf(), origin: origin(first) };
  }

  /** `name Type? @attribute(…)`; of an enum only `NAME @map("…")`. */
  function parseField(): Field | null {
    const first = here();
    const name = word();
    if (first === undefined || name === null) return null;
    const from = here();
    let type = '';
    if (from !== undefined && word() !== null) {
      if (is('(')) parseArguments();
      type = text.slice(from.start, endOf());
    }
    const list = take('[') && take(']');
    const arity = take('?') ? 'optional' : list ? 'list' : 'required';
    take('!');
    const attributes: Attribute[] = [];
    while (is('@')) {
      const attribute = parseAttribute();
      if (attribute !== null) attributes.push(attribute);
    }
    return { name, type, arity, attributes, origin: origin(first) };
  }

  function parseAttribute(): Attribute | null {
    const first = here();
    while (take('@'));
    const names = [word()];
    while (take('.')) names.push(word());
    if (first === undefined || names.includes(null)) return null;
    const given = is('(') ? parseArguments() : [];
    const written = text.slice(first.start, endOf());
    return { name: names.join('.'), arguments: given, text: written, origin: origin(first) };
  }

  function parseArguments(): readonly Argument[] {
    return parseUntil(')', () => {
      const name = here()?.kind === 'word' && tokens[at + 1]?.text === ':' ? word() : null;
      if (name !== null) take(':');
      const value = parseValue();
      return value === null ? null : { name, value };
    });
  }

  function parseValue(): Value | null {
    const token = here();
    if (token === undefined) return null;
    if (is('[')) return { kind: 'list', items: parseUntil(']', parseValue) };
    if (token.kind === 'text') {
      at += 1;
      return { kind: 'text', text: readText(token.text) };
    }
    if (token.kind !== 'word') return null;
    at += 1;
    let name = token.text;
    while (is('.')) {
      at += 1;
      name += `.${word() ?? ''}`;
    }
    return is('(') ? { kind: 'call', name, arguments: parseArguments() } : { kind: 'word', text: name };
  }

  /** What stands between here and the sign that closes it. */
  function parseUntil<Item>(close: string, parse: () => Item | null): readonly Item[] {
    const items: Item[] = [];
    at += 1;
    while (here() !== undefined && !take(close)) {
      const before = at;
      const item = here()?.kind === 'break' || is(',') ? null : parse();
      if (item !== null) items.push(item);
      if (at === before) at += 1;
    }
    return items;
  }
}

/** Strings are written as in JSON; what is none of those stays as it is written. */
function readText(literal: string): string {
  try {
    return JSON.parse(literal) as string;
  } catch {
    // The only thing it throws is a SyntaxError, and the engine has told the user about it.
    return literal.slice(1, -1);
  }
}
