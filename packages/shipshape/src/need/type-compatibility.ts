// typeCompatibility: what becomes of the code's values when a column has another type than the code declares.
import { type ParsedType, parseType } from './parsed-type.ts';
import { broken, type Compatibility, fine, narrower } from './type-rules/compatibility.ts';
import { type EnumLabels, enums } from './type-rules/enums.ts';
import { numbers } from './type-rules/numbers.ts';
import { addresses, bits, documents, otherModifier, ranges } from './type-rules/others.ts';
import { isText, readAsText, strings } from './type-rules/texts.ts';
import { times } from './type-rules/times.ts';

const rules = [strings, readAsText, numbers, times, documents, addresses, bits, ranges, otherModifier];

/** Both as `format_type` prints them. Each line is what a server answers (see its test), manual chapter 8. */
export function typeCompatibility(
  declared: string,
  live: string,
  labels: EnumLabels = { declared: null, live: null },
): Compatibility {
  const isEnum = labels.declared !== null || labels.live !== null;
  if (declared === live && !isEnum) return fine('the types are equal');
  const [code, base] = [parseType(declared), parseType(live)];
  if (code.array !== base.array) return onlyOneArray(code, base, live);
  if (code.array) return elements(declared, live, labels);
  if (isEnum) return enums(declared, live, labels);
  for (const rule of rules) {
    const answer = rule(code, base, live);
    if (answer !== null) return answer;
  }
  return broken('42804', `${live} is another kind of value than ${declared}`);
}

function onlyOneArray(code: ParsedType, base: ParsedType, live: string): Compatibility {
  if (isText(base))
    return broken('42883', 'it is read back as text, and the operators of arrays are refused');
  return broken('22P02', code.array ? `${live} holds no arrays` : `${live} holds arrays only`);
}

/** Arrays are as good as their elements, but no operator takes two kinds of them (manual 9.19). */
function elements(declared: string, live: string, labels: EnumLabels): Compatibility {
  const [one, other] = [declared.replace(/\[\]$/, ''), live.replace(/\[\]$/, '')];
  const inside = typeCompatibility(one, other, labels);
  if (inside.outcome !== 'fine' || parseType(one).name === parseType(other).name) return inside;
  return narrower('42883', `comparisons of ${declared} with ${live} are refused`);
}
