// judgeColumn: one declared column against the one that is there.
import {
  type Column,
  isRequired,
  type PartAddress,
  quoteIdentifier,
  quoteQualified,
} from '../catalog/index.ts';
import { fillText } from '../compare/fill-text.ts';
import type { Lookup, Name } from './lookup.ts';
import type { ColumnNeed, EnumNeed } from './need.ts';
import { severityOf } from './severity.ts';
import type { Shortfall, ShortfallReason } from './shortfall.ts';
import { throughDomains, underDomains } from './through-domains.ts';
import { typeCompatibility } from './type-compatibility.ts';
import { withoutSchema } from './type-name.ts';
import type { Compatibility } from './type-rules/compatibility.ts';

/** What a column's type is looked up in. */
export interface TypeContext {
  readonly live: Lookup;
  readonly enums: readonly EnumNeed[];
  /** Answers given before: many columns have few types. */
  readonly judged: Map<string, Map<string, Compatibility>>;
}

export function makeTypeContext(live: Lookup, enums: readonly EnumNeed[]): TypeContext {
  return { live, enums, judged: new Map() };
}

/**
 * True for the many columns that are as the code says, aspect by aspect, so that nothing is made for them; of any other
 * `judgeColumn` tells, which may also find nothing.
 */
export function isAsDeclared(
  need: ColumnNeed,
  column: Column,
  context: TypeContext,
  inView: boolean,
): boolean {
  if (underDomains(column.type, context.live.domainOf) !== column.type) return false;
  if (judgeType(need, column, context).outcome !== 'fine') return false;
  if (inView) return true;
  if (column.generated !== null || column.identity === 'always') return false;
  if (need.nullable !== null && need.nullable !== column.nullable) return false;
  if (need.default !== null && need.default !== column.default) return false;
  return need.filled !== true || column.default !== null || column.identity !== null;
}

/** `printed`: as the database has it. A view says nothing of nulls, and nothing is written to it. */
export function judgeColumn(
  need: ColumnNeed,
  printed: Column,
  address: PartAddress,
  context: TypeContext,
  inView: boolean,
): readonly Shortfall[] {
  const column = throughDomains(printed, context.live.domainOf);
  const short = (
    reason: ShortfallReason,
    aspect: string,
    texts: { declared: string | null; found: string | null },
    sqlstate: string | null,
    because: string | null = null,
  ): Shortfall => ({
    reason,
    severity: severityOf(reason),
    address,
    aspect,
    ...texts,
    sqlstate,
    because,
    origin: need.origin,
  });
  return inView ? tellType() : [...tellType(), ...judgeNull(), ...judgeFill()];

  function tellType(): readonly Shortfall[] {
    // The code names the domain, and does not say what is under it.
    const named = need.type !== null && withoutSchema(need.type) === withoutSchema(printed.type);
    if (named && printed.type !== column.type && need.over === undefined) return [];
    const { outcome, because, sqlstate } = judgeType(need, column, context);
    if (outcome === 'fine') return [];
    const over = printed.type === column.type ? '' : ` over ${column.type}`;
    const texts = { declared: need.type, found: `${printed.type}${over}` };
    return [short(outcome === 'broken' ? 'type broken' : 'type narrower', 'type', texts, sqlstate, because)];
  }

  function judgeNull(): readonly Shortfall[] {
    const found = column.nullable ? 'null' : 'not null';
    if (need.nullable === false && column.nullable)
      return [short('null where none is expected', 'nullability', { declared: 'not null', found }, null)];
    if (need.nullable === true && !column.nullable) {
      // Where the database fills it when the code leaves it out, only a null that the code writes is refused.
      const reason = isRequired(column) ? 'null is refused' : 'explicit null is refused';
      return [short(reason, 'nullability', { declared: 'null', found }, '23502')];
    }
    if (need.filled !== true || !isRequired(column)) return [];
    return [short('null is refused', 'default', { declared: fillText(need), found: null }, '23502')];
  }

  function judgeFill(): readonly Shortfall[] {
    const found = column.generated ?? fillText(column);
    if (column.generated !== null && need.filled === false)
      return [short('value is refused', 'generated', { declared: null, found }, '428C9')];
    if (column.identity === 'always' && need.filled === false)
      return [short('value is refused', 'identity', { declared: null, found: 'always' }, '428C9')];
    const declared = need.default === null ? null : fillText(need);
    // Where null is refused as well, that has been told.
    if (need.filled === true && found === null)
      return column.nullable ? [short('nothing fills it', 'default', { declared, found }, null)] : [];
    if (declared === null || column.generated !== null || declared === found) return [];
    return [short('default differs', 'default', { declared, found }, null)];
  }
}

/** `column`: without the domains in it. */
export function judgeType(need: ColumnNeed, column: Column, context: TypeContext): Compatibility {
  return need.type === null
    ? { outcome: 'fine', because: 'the code does not say it', sqlstate: null }
    : judgedOnce(need.over ?? need.type, column.type, context);
}

function judgedOnce(declared: string, printed: string, context: TypeContext): Compatibility {
  let answers = context.judged.get(declared);
  if (answers === undefined) {
    answers = new Map();
    context.judged.set(declared, answers);
  }
  let answer = answers.get(printed);
  if (answer === undefined) {
    answer = compatibility(declared, printed, context);
    answers.set(printed, answer);
  }
  return answer;
}

function compatibility(declared: string, printed: string, context: TypeContext): Compatibility {
  const one = declared.replace(/\[\]$/, '');
  const other = printed.replace(/\[\]$/, '');
  const arrays = (declared === one) === (printed === other);
  const asked = context.enums.find((each) => namesType(each, one));
  const found = context.live.enumOf(other);
  // Code names the type of an extension without the schema that the extension happens to be in.
  const live = declared.includes('.') ? printed : withoutSchema(printed);
  if (!arrays || (asked === undefined && (found === null || declared === live)))
    return typeCompatibility(declared, live);
  const meant = asked === undefined ? null : context.live.findEnum(asked);
  // One enum under two spellings; its labels are judged once, not by every column.
  if (meant?.kind === 'found' && found !== null && meant.thing === found)
    return { outcome: 'fine', because: 'the enum is the same', sqlstate: null };
  return typeCompatibility(declared, printed, {
    declared: asked?.labels ?? null,
    live: found?.labels ?? null,
  });
}

function namesType({ schema, name }: Name, type: string): boolean {
  return type === quoteQualified(schema, name) || type === quoteIdentifier(name) || type === name;
}
