// renderCollation: the statement that creates a collation.
import { type Collation, quoteLiteral } from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';

export function renderCollation(collation: Collation, naming: Naming): string {
  const { schema, name, provider, locale, deterministic, rules } = collation;
  const [collate, ctype] = provider === 'libc' ? locale.split('/') : [];
  const options = [
    `PROVIDER = ${provider}`,
    ...(collate !== undefined && ctype !== undefined
      ? [`LC_COLLATE = ${quoteLiteral(collate)}`, `LC_CTYPE = ${quoteLiteral(ctype)}`]
      : [`LOCALE = ${quoteLiteral(locale)}`]),
    ...(deterministic ? [] : ['DETERMINISTIC = false']),
    ...(rules === undefined ? [] : [`RULES = ${quoteLiteral(rules)}`]),
  ];
  return `CREATE COLLATION ${renderName(schema, name, naming)} (${options.join(', ')})`;
}
