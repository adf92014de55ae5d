// Documents, addresses, bits and ranges; and what has a modifier of its own.
import { parseType } from '../parsed-type.ts';
import { broken, type Compatibility, fine, limitOf, narrower, type Rule } from './compatibility.ts';
import { numbers } from './numbers.ts';
import { times } from './times.ts';

export const documents: Rule = (code, base) => {
  if (code.name === 'jsonb' && base.name === 'json')
    return narrower('42883', 'comparing, grouping and the operators of jsonb are refused');
  if (code.name === 'json' && base.name === 'jsonb')
    return narrower('22P05', 'key order and repeated keys are lost, and \\u0000 is refused');
  return null;
};

export const addresses: Rule = (code, base) => {
  const pair = `${code.name} ${base.name}`;
  if (pair === 'inet cidr') return broken(null, 'addresses come back as networks, with a mask');
  if (pair === 'cidr inet') return narrower(null, 'a network of one address comes back without its mask');
  if (pair === 'macaddr macaddr8') return broken(null, 'addresses come back with eight bytes');
  if (pair === 'macaddr8 macaddr') return broken('22P02', 'an address of eight bytes is refused');
  return null;
};

/** A length that is left out is 1 (manual 8.10), and format_type always prints it. */
export const bits: Rule = (code, base, live) => {
  const isBits = (name: string) => name === 'bit' || name === 'bit varying';
  if (!isBits(code.name) || !isBits(base.name)) return null;
  if (base.name === 'bit')
    return code.name === 'bit' && limitOf(code) === limitOf(base)
      ? fine('the types are equal')
      : broken('22026', `${live} holds nothing of another length`);
  if (limitOf(base) >= limitOf(code)) return fine(`${live} holds every such value`);
  const refused = `values longer than ${limitOf(base)} are refused`;
  // All of a bit(8) have eight.
  return code.name === 'bit' ? broken('22001', refused) : narrower('22001', refused);
};

const bounds: Readonly<Record<string, string>> = {
  int4: 'integer',
  int8: 'bigint',
  num: 'numeric',
  ts: 'timestamp without time zone',
  tstz: 'timestamp with time zone',
  date: 'date',
};

export const ranges: Rule = (code, base, live) => {
  const [asked, found] = [rangeOf(code.name), rangeOf(base.name)];
  if (asked === null || found === null) return null;
  if (asked.multi !== found.multi)
    return broken('22P02', `${live} holds ${found.multi ? 'sets of ranges' : 'one range'}`);
  const inside = ofBounds(asked.bound, found.bound);
  if (inside.outcome === 'broken') return inside;
  return inside.sqlstate !== null
    ? inside
    : narrower(
        '42883',
        `comparisons with ${code.name} are refused, and bounds come back as ${live} has them`,
      );
};

function rangeOf(name: string): { readonly bound: string; readonly multi: boolean } | null {
  const match = /^(int[48]|num|ts|tstz|date)(multi)?range$/.exec(name);
  if (match === null) return null;
  return { bound: bounds[match[1] as string] as string, multi: match[2] !== undefined };
}

function ofBounds(asked: string, found: string): Compatibility {
  const [code, base] = [parseType(asked), parseType(found)];
  const answer = numbers(code, base, found) ?? times(code, base, found);
  const sqlstate = /^(date|time)/.test(found) ? '22007' : '22P02';
  return answer ?? broken(sqlstate, `bounds that are no ${found} are refused`);
}

/** `vector(3)`: what is of another length. */
export const otherModifier: Rule = (code, base, live) => {
  if (code.name !== base.name) return null;
  if (base.modifiers.length === 0) return fine(`${live} has no limit`);
  return narrower('22000', `values that are no ${live} are refused`);
};
