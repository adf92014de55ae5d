// Spelling parts of a parse tree as people write them: names, types, simple values.
import type { Node, RangeVar, TypeName } from 'libpg-query';
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../../catalog/index.ts';

/** Names that the grammar gives to types it knows by words of their own (manual 8, table "Data Types"). */
const wordsOfTypes: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  bpchar: 'char',
};

/** The text of a String node, or undefined for any other. */
export function textOf(node: Node | undefined): string | undefined {
  return node !== undefined && 'String' in node ? (node.String.sval ?? '') : undefined;
}

/** The names in a list of String nodes. */
export function namesIn(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).map((node) => textOf(node) ?? '').filter((name) => name !== '');
}

export function spellRelation(relation: RangeVar | undefined): string {
  return quoteQualified(...[relation?.schemaname, relation?.relname].filter((name) => name !== undefined));
}

export function spellNames(nodes: readonly Node[] | undefined): string {
  return quoteQualified(...namesIn(nodes));
}

/** An object in a DROP, COMMENT or RENAME: a list of names, a name, a type, or a routine. */
export function spellObject(node: Node | undefined): string {
  if (node === undefined) return '';
  if ('List' in node) return spellNames(node.List.items);
  if ('TypeName' in node) return spellType(node.TypeName);
  if ('ObjectWithArgs' in node) return spellNames(node.ObjectWithArgs.objname);
  if ('RangeVar' in node) return spellRelation(node.RangeVar);
  return quoteIdentifier(textOf(node) ?? '');
}

/** `varchar(32)`, `integer`, `text[]`, `timestamp(3)`, `public.mood` */
export function spellType(type: TypeName | undefined): string {
  const names = namesIn(type?.names);
  const builtIn = names.length === 2 && names[0] === 'pg_catalog' ? names[1] : undefined;
  const name = builtIn === undefined ? quoteQualified(...names) : (wordsOfTypes[builtIn] ?? builtIn);
  // The grammar folds the fields of an interval ("day to second") into a bit mask, which nobody would recognise.
  const modifiers =
    builtIn === 'interval' ? [] : (type?.typmods ?? []).map(spellConstant).filter((each) => each !== null);
  return `${name}${modifiers.length === 0 ? '' : `(${modifiers.join(',')})`}${'[]'.repeat(type?.arrayBounds?.length ?? 0)}`;
}

/** A constant or a call without arguments as SQL; null for anything more. */
export function spellConstant(node: Node | undefined): string | null {
  if (node === undefined) return null;
  if ('TypeCast' in node) return spellConstant(node.TypeCast.arg);
  if ('FuncCall' in node)
    return node.FuncCall.args === undefined ? `${spellNames(node.FuncCall.funcname)}()` : null;
  if ('SQLValueFunction' in node) return spellValueFunction(node.SQLValueFunction.op);
  if (!('A_Const' in node)) return null;
  const { isnull, ival, fval, boolval, sval } = node.A_Const;
  if (isnull === true) return 'null';
  if (ival !== undefined) return String(ival.ival ?? 0);
  if (fval !== undefined) return fval.fval ?? '0';
  if (boolval !== undefined) return String(boolval.boolval ?? false);
  if (sval !== undefined) return quoteLiteral(sval.sval ?? '');
  return null;
}

/** `SVFOP_CURRENT_TIMESTAMP` is `current_timestamp`. */
function spellValueFunction(op: string | undefined): string | null {
  return op === undefined ? null : op.replace(/^SVFOP_/, '').toLowerCase();
}

/** `a, b and 3 more` would hide names: all of them, with commas. */
export function list(names: readonly string[]): string {
  return names.map(quoteIdentifier).join(', ');
}
