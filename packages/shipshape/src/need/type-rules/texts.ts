// Texts, and what texts may stand for.
import type { ParsedType } from '../parsed-type.ts';
import { broken, fine, limitOf, narrower, type Rule } from './compatibility.ts';

const texts = ['text', 'character varying', 'character', 'citext', 'name'];
export const isText = ({ name, array }: ParsedType): boolean => texts.includes(name) && !array;

export const strings: Rule = (code, base, live) => {
  if (!texts.includes(code.name)) return null;
  if (!texts.includes(base.name)) return notText(base, live);
  if (base.name === 'character') {
    if (code.name !== 'character') return broken(null, 'texts come back filled up with blanks');
    return limitOf(base) < limitOf(code)
      ? broken('22001', `a text has more than ${limitOf(base)} characters`)
      : broken(null, 'texts come back filled up with more blanks');
  }
  // What is padded to its length has always just that.
  if (limitOf(base) < limitOf(code) && code.name === 'character')
    return broken('22001', `a text has more than ${limitOf(base)} characters`);
  if (limitOf(base) < limitOf(code))
    return narrower('22001', `a text of more than ${limitOf(base)} characters is refused`);
  if (base.name === 'name') return narrower(null, 'a text is cut at 63 bytes');
  if ((base.name === 'citext') !== (code.name === 'citext'))
    return narrower(null, `comparisons ${base.name === 'citext' ? 'ignore' : 'respect'} case`);
  return fine(`${live} holds every such text`);
};

function notText(base: ParsedType, live: string) {
  if (base.name === 'bytea') return broken(null, 'text is read back as bytes');
  if (base.name === '"char"') return broken(null, 'texts are cut to one byte');
  if (base.name === 'tsvector') return broken(null, 'text is read back as a list of words');
  if (base.name === 'xml') return narrower('2200N', 'a text that is no XML is refused');
  const dated = /^(date|time|timestamp|interval)/.test(base.name);
  return broken(dated ? '22007' : '22P02', `text that is no ${live} is refused`);
}

/** What a driver gives to the code as text, whatever the column's type. */
const textual =
  /^(uuid|inet|cidr|macaddr8?|bit|bit varying|xml|tsvector|tsquery|money|jsonpath|pg_lsn|(int[48]|num|ts|tstz|date)(multi)?range)$/;
/** The characters of a value that has them all. */
const lengths: Readonly<Record<string, number>> = { uuid: 36, macaddr: 17, macaddr8: 23 };

export const readAsText: Rule = (code, base) => {
  if (!isText(base)) return null;
  if (!textual.test(code.name))
    return broken('42883', `it is read back as text, and the operators of ${code.name} are refused`);
  // format_type prints the length of a bit(8).
  const length = lengths[code.name] ?? (code.name === 'bit' ? limitOf(code) : 0);
  if (limitOf(base) < length) return broken('22001', `a ${code.name} has ${length} characters`);
  if (base.name === 'character' && limitOf(base) !== length)
    return broken(null, 'values come back filled up with blanks');
  return narrower('42883', `joins and comparisons with columns that are ${code.name} are refused`);
};
