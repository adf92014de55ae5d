// Dates, times, moments and spans.
import type { ParsedType } from '../parsed-type.ts';
import { broken, type Compatibility, fine, narrower, type Rule } from './compatibility.ts';

export const times: Rule = (code, base, live) => {
  const kindOf = ({ name }: ParsedType) => /^(date|time|timestamp|interval)\b/.exec(name)?.[1];
  const [asked, found] = [kindOf(code), kindOf(base)];
  if (asked === undefined || found === undefined) return null;
  if (asked !== found) return otherKind(asked, found, code, live);
  if (asked === 'interval') return spans(code, base, live);
  if (code.name !== base.name)
    return broken(null, 'the same text means another moment wherever the session’s TimeZone is not UTC');
  return precisions(code, base, live);
};

function otherKind(asked: string, found: string, code: ParsedType, live: string): Compatibility {
  if (asked === 'timestamp' && found === 'date') return broken(null, 'the time of day is lost');
  if (asked === 'date' && found === 'timestamp')
    return broken(null, 'dates are read back with a time of day');
  if (code.name === 'time without time zone' && found === 'interval')
    return fine('interval holds every time of day');
  if (asked === 'timestamp' && found === 'time') return broken(null, 'the date is lost');
  return broken('22007', `${live} holds another kind of time`);
}

function precisions(code: ParsedType, base: ParsedType, live: string): Compatibility {
  const [most = 6, least = 6] = [code.modifiers[0], base.modifiers[0]];
  return least < most
    ? narrower(null, `seconds are rounded to ${least} digits`)
    : fine(`${live} holds every such moment`);
}

const fields = ['second', 'minute', 'hour', 'day', 'month', 'year'];

/** `interval day to minute` keeps what is larger than its last field, and drops what is smaller (manual 8.5.4). */
function spans(code: ParsedType, base: ParsedType, live: string): Compatibility {
  const lastField = ({ name }: ParsedType) => /(\w+)$/.exec(name.replace(/^interval ?/, ''))?.[1] ?? 'second';
  const [asked, kept] = [lastField(code), lastField(base)];
  if (fields.indexOf(kept) <= fields.indexOf(asked)) return precisions(code, base, live);
  const lost = `what is less than a ${kept} is lost`;
  return fields.indexOf(kept) > fields.indexOf('day') ? broken(null, lost) : narrower(null, lost);
}
