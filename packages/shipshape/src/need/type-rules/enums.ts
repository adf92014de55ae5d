// Enums, and texts in their place.
import { type ParsedType, parseType } from '../parsed-type.ts';
import { broken, type Compatibility, limitOf, narrower } from './compatibility.ts';
import { isText } from './texts.ts';

/** The labels of the enums that two types are; null for a type that is none. */
export interface EnumLabels {
  readonly declared: readonly string[] | null;
  readonly live: readonly string[] | null;
}

/** At least one of them is an enum, and they are not the same one. */
export function enums(declared: string, live: string, labels: EnumLabels): Compatibility {
  if (labels.declared === null)
    return isText(parseType(declared))
      ? broken('22P02', `a text that is no label of ${live} is refused`)
      : broken('42804', `${live} holds labels only`);
  if (labels.live === null) return inText(declared, labels.declared, parseType(live), live);
  const lacking = labels.declared.filter((label) => !labels.live?.includes(label));
  if (lacking.length > 0) return broken('22P02', `${live} lacks ${lacking.join(', ')}`);
  return narrower('42804', `values cast to ${declared} are refused by ${live}`);
}

function inText(declared: string, labels: readonly string[], base: ParsedType, live: string): Compatibility {
  if (!isText(base)) return broken('42804', `${live} holds no labels`);
  const long = labels.filter((label) => Array.from(label).length > limitOf(base));
  if (long.length > 0) return broken('22001', `${live} is too short for ${long.join(', ')}`);
  if (base.name === 'character') return broken(null, 'labels come back filled up with blanks');
  return narrower('42883', `any text may be read back, and comparisons with ${declared} are refused`);
}
