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
import { typeCompatibility } from './type-compatibility.ts';
import type { Compatibility } from './type-rules/compatibility.ts';

/** What a column's type is looked up in. */
export interface TypeContext {
  readonly live: Lookup;
  readonly enums: readonly EnumNeed[];
  readonly searchPath: readonly string[];
}

export function judgeColumn(
  need: ColumnNeed,
  column: Column,
  address: PartAddress,
  context: TypeContext,
): readonly Shortfall[] {
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
  return [...judgeType(), ...judgeNull(), ...judgeFill()];

  function judgeType(): readonly Shortfall[] {
    if (need.type === null) return [];
    const { outcome, because, sqlstate } = compatibility(need.type, column.type, context);
    if (outcome === 'fine') return [];
    const texts = { declared: need.type, found: column.type };
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

function compatibility(declared: string, printed: string, context: TypeContext): Compatibility {
  const one = declared.replace(/\[\]$/, '');
  const other = printed.replace(/\[\]$/, '');
  const arrays = (declared === one) === (printed === other);
  const asked = context.enums.find((each) => namesType(each, one));
  const found = findLiveEnum(other, context);
  // Code names the type of an extension without the schema that the extension happens to be in.
  const live = declared.includes('.') ? printed : printed.replace(schemaPrefix, '');
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

const schemaPrefix = /^(?:"(?:[^"]|"")+"|[^".(]+)\.(?=["\p{L}_])/u;

function namesType({ schema, name }: Name, type: string): boolean {
  return type === quoteQualified(schema, name) || type === quoteIdentifier(name) || type === name;
}

function findLiveEnum(type: string, { live, searchPath }: TypeContext) {
  const names = /^(?:(?:"((?:[^"]|"")+)"|([^".]+))\.)?(?:"((?:[^"]|"")+)"|([^".]+))$/.exec(type);
  if (names === null) return null;
  const schema = names[1]?.replaceAll('""', '"') ?? names[2];
  const name = names[3]?.replaceAll('""', '"') ?? names[4] ?? type;
  const found = live.findEnum(
    schema === undefined
      ? { schema: searchPath[0] ?? '', name, unqualified: true }
      : { schema, name, unqualified: false },
  );
  return found.kind === 'found' ? found.thing : null;
}
