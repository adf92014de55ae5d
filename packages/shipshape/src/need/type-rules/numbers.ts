// Numbers.
import type { ParsedType } from '../parsed-type.ts';
import { broken, type Compatibility, fine, narrower, type Rule } from './compatibility.ts';

/** Decimal digits before the point that every value of a whole-number type fits in. */
const wholeDigits: Readonly<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19 };
/** Decimal digits that a binary fraction keeps exactly (manual 8.1.3). */
const exactDigits: Readonly<Record<string, number>> = { real: 6, 'double precision': 15 };

const isNumber = ({ name }: ParsedType): boolean =>
  name in wholeDigits || name in exactDigits || name === 'numeric';

export const numbers: Rule = (code, base, live) => {
  if (!isNumber(code)) return code.name === 'money' && isNumber(base) ? amounts() : null;
  if (base.name === 'money') return broken(null, 'numbers come back as text with a currency sign');
  if (!isNumber(base)) return null;
  if (code.name in wholeDigits) return wholeNumbers(code, base, live);
  if (base.name in wholeDigits) return fractions(code, base, live);
  if (code.name === 'numeric') return decimals(code, base, live);
  if (base.name === 'numeric')
    return base.modifiers.length === 0
      ? fine('numeric holds every fraction')
      : narrower('22003', `fractions are rounded to ${live}, larger numbers refused`);
  return base.name === 'real'
    ? narrower('22003', 'real keeps 6 digits, and larger numbers are refused')
    : fine('double precision holds every real');
};

function amounts(): Compatibility {
  return broken('22P02', 'an amount with a currency sign is refused');
}

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

function fractions(code: ParsedType, base: ParsedType, live: string): Compatibility {
  const [precision, scale = 0] = code.modifiers;
  if (code.name !== 'numeric' || precision === undefined || scale > 0)
    return broken('22P02', 'fractions are refused');
  return precision < (wholeDigits[base.name] as number)
    ? fine(`${live} holds every such whole number`)
    : narrower('22003', `numbers outside ${live} are refused`);
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
