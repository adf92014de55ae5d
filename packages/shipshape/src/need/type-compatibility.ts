// typeCompatibility: what becomes of the code's values when a column has another type than the code declares.
import { type ParsedType, parseType } from './parsed-type.ts';

/**
 * `fine`: every value and usual statement works, so a wider type is fine. `narrower`: usual ones work, some are refused
 * or come out changed. `broken`: usual ones are refused, or mean something else.
 */
export interface Compatibility {
  readonly outcome: 'fine' | 'narrower' | 'broken';
  readonly because: string;
  /** What PostgreSQL answers where it refuses (manual, appendix A); null where it says nothing. */
  readonly sqlstate: string | null;
}

/** The labels of the enums that two types are; null for a type that is none. */
export interface EnumLabels {
  readonly declared: readonly string[] | null;
  readonly live: readonly string[] | null;
}

const fine = (because: string): Compatibility => ({ outcome: 'fine', because, sqlstate: null });
const narrower = (sqlstate: string | null, because: string): Compatibility => ({
  outcome: 'narrower',
  because,
  sqlstate,
});
const broken = (sqlstate: string | null, because: string): Compatibility => ({
  outcome: 'broken',
  because,
  sqlstate,
});

/** Both as `format_type` prints them. Each line is what a server answers (see its test), manual chapter 8. */
export function typeCompatibility(
  declared: string,
  live: string,
  labels: EnumLabels = { declared: null, live: null },
): Compatibility {
  if (labels.declared !== null || labels.live !== null) return enums(declared, live, labels);
  if (declared === live) return fine('the types are equal');
  const [code, base] = [parseType(declared), parseType(live)];
  if (code.array !== base.array) return arrays(code, base, live);
  for (const rule of [strings, identifiers, readAsText, numbers, times, documents, otherModifier]) {
    const answer = rule(code, base, live);
    if (answer !== null) return answer;
  }
  return broken('42804', `${live} is another kind of value than ${declared}`);
}

type Rule = (code: ParsedType, base: ParsedType, live: string) => Compatibility | null;

const texts = ['text', 'character varying', 'character', 'citext', 'name'];
const isText = ({ name, array }: ParsedType) => texts.includes(name) && !array;
const limitOf = ({ modifiers }: ParsedType) => modifiers[0] ?? Number.POSITIVE_INFINITY;

function arrays(code: ParsedType, base: ParsedType, live: string): Compatibility {
  if (isText(base))
    return broken('42883', 'it is read back as text, and the operators of arrays are refused');
  return broken('22P02', code.array ? `${live} holds no arrays` : `${live} holds arrays only`);
}

const strings: Rule = (code, base, live) => {
  if (!texts.includes(code.name)) return null;
  if (!texts.includes(base.name)) {
    if (base.name === 'bytea') return broken(null, 'text is read back as bytes');
    const dated = /^(date|time|timestamp|interval)/.test(base.name);
    return broken(dated ? '22007' : '22P02', `text that is no ${live} is refused`);
  }
  if (base.name === 'character') {
    if (code.name !== 'character') return broken(null, 'texts come back filled up with blanks');
    return limitOf(base) < limitOf(code)
      ? broken('22001', `a text has more than ${limitOf(base)} characters`)
      : broken(null, 'texts come back filled up with more blanks');
  }
  if (limitOf(base) < limitOf(code))
    return narrower('22001', `a text of more than ${limitOf(base)} characters is refused`);
  if (base.name === 'name') return narrower(null, 'a text is cut at 63 bytes');
  if ((base.name === 'citext') !== (code.name === 'citext'))
    return narrower(null, `comparisons ${base.name === 'citext' ? 'ignore' : 'respect'} case`);
  return fine(`${live} holds every such text`);
};

const identifiers: Rule = (code, base) => {
  if (code.name !== 'uuid' || !isText(base)) return null;
  return limitOf(base) < 36
    ? broken('22001', 'a uuid has 36 characters')
    : narrower('42883', 'joins and comparisons with columns that are uuid are refused');
};

const readAsText: Rule = (code, base) =>
  isText(base)
    ? broken('42883', `it is read back as text, and the operators of ${code.name} are refused`)
    : null;

/** Decimal digits before the point that every value of a whole-number type fits in. */
const wholeDigits: Readonly<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19 };
/** Decimal digits that a binary fraction keeps exactly (manual 8.1.3). */
const exactDigits: Readonly<Record<string, number>> = { real: 6, 'double precision': 15 };

const numbers: Rule = (code, base, live) => {
  const isNumber = ({ name }: ParsedType) => name in wholeDigits || name in exactDigits || name === 'numeric';
  if (!isNumber(code) || !isNumber(base)) return null;
  if (code.name in wholeDigits) return wholeNumbers(code, base, live);
  if (base.name in wholeDigits) return broken('22P02', 'fractions are refused');
  if (code.name === 'numeric') return decimals(code, base, live);
  if (base.name === 'numeric')
    return base.modifiers.length === 0
      ? fine('numeric holds every fraction')
      : narrower('22003', `fractions are rounded to ${live}, larger numbers refused`);
  return base.name === 'real'
    ? narrower('22003', 'real keeps 6 digits, and larger numbers are refused')
    : fine('double precision holds every real');
};

function wholeNumbers(code: ParsedType, base: ParsedType, live: string): Compatibility {
  const needed = wholeDigits[code.name] as number;
  const whole = wholeDigits[base.name];
  if (whole !== undefined)
    return whole < needed
      ? narrower('22003', `numbers outside ${live} are refused`)
      : fine(`${live} holds every ${code.name}`);
  const exact = exactDigits[base.name];
  if (exact !== undefined)
    return exact < needed
      ? narrower(null, `numbers of more than ${exact} digits come out changed`)
      : fine(`${live} holds every ${code.name}`);
  const [precision, scale = 0] = base.modifiers;
  return precision !== undefined && precision - scale < needed
    ? narrower('22003', `numbers of more than ${precision - scale} digits are refused`)
    : fine(`${live} holds every ${code.name}`);
}

function decimals(code: ParsedType, base: ParsedType, live: string): Compatibility {
  if (base.name in exactDigits)
    return narrower(null, `decimals come out changed beyond ${exactDigits[base.name]} digits`);
  const [precision, scale = 0] = base.modifiers;
  if (precision === undefined) return fine('numeric without a precision holds every decimal');
  const [askedPrecision = Number.POSITIVE_INFINITY, askedScale = 0] = code.modifiers;
  if (askedPrecision - askedScale > precision - scale)
    return narrower('22003', `numbers of more than ${precision - scale} digits before the point are refused`);
  return askedScale > scale
    ? narrower(null, `decimals are rounded to ${scale} digits after the point`)
    : fine(`${live} holds every such decimal`);
}

const times: Rule = (code, base, live) => {
  const kindOf = ({ name }: ParsedType) => /^(date|time|timestamp|interval)\b/.exec(name)?.[1];
  const [asked, found] = [kindOf(code), kindOf(base)];
  if (asked === undefined || found === undefined) return null;
  if (asked !== found) {
    if (asked === 'timestamp' && found === 'date') return broken(null, 'the time of day is lost');
    if (asked === 'date' && found === 'timestamp')
      return broken(null, 'dates are read back with a time of day');
    if (code.name === 'time without time zone' && found === 'interval')
      return fine('interval holds every time of day');
    if (asked === 'timestamp' && found === 'time') return broken(null, 'the date is lost');
    return broken('22007', `${live} holds another kind of time`);
  }
  if (code.name !== base.name)
    return broken(null, 'the same text means another moment wherever the session’s TimeZone is not UTC');
  const [most = 6, least = 6] = [code.modifiers[0], base.modifiers[0]];
  return least < most
    ? narrower(null, `seconds are rounded to ${least} digits`)
    : fine(`${live} holds every such moment`);
};

const documents: Rule = (code, base) => {
  if (code.name === 'jsonb' && base.name === 'json')
    return narrower('42883', 'comparing, grouping and the operators of jsonb are refused');
  if (code.name === 'json' && base.name === 'jsonb')
    return narrower('22P05', 'key order and repeated keys are lost, and \\u0000 is refused');
  return null;
};

/** `bit varying(8)`, `vector(3)`: what is too long or of another length (manual, appendix A, class 22). */
const otherModifier: Rule = (code, base, live) => {
  if (code.name !== base.name) return null;
  if (base.modifiers.length === 0) return fine(`${live} has no limit`);
  if (base.name === 'bit') return broken('22026', `${live} holds nothing of another length`);
  if (base.name !== 'bit varying') return narrower('22000', `values that are no ${live} are refused`);
  return limitOf(base) < limitOf(code)
    ? narrower('22001', `values longer than ${limitOf(base)} are refused`)
    : fine(`${live} holds every such value`);
};

function enums(declared: string, live: string, labels: EnumLabels): Compatibility {
  if (labels.declared === null) return broken('22P02', `a text that is no label of ${live} is refused`);
  if (labels.live === null)
    return isText(parseType(live))
      ? narrower('42883', `any text may be read back, and comparisons with ${declared} are refused`)
      : broken('42804', `${live} holds no labels`);
  const lacking = labels.declared.filter((label) => !labels.live?.includes(label));
  if (lacking.length > 0) return broken('22P02', `${live} lacks ${lacking.join(', ')}`);
  return narrower('42804', `values cast to ${declared} are refused by ${live}`);
}
