// What PostgreSQL's parser calls the kinds of objects, in words.
import type { ObjectType } from 'libpg-query';

const special: { readonly [Type in ObjectType]?: string } = {
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_DOMCONSTRAINT: 'constraint',
  OBJECT_STATISTIC_EXT: 'statistics',
};

/** `view `, `materialized view `, with a blank behind; nothing for a table or a column, whose name says enough. */
export function kindWords(type: ObjectType | undefined): string {
  if (type === undefined || type === 'OBJECT_TABLE' || type === 'OBJECT_COLUMN') return '';
  return `${kindWord(type)} `;
}

/** `table`, `view`, `foreign server` */
export function kindWord(type: ObjectType): string {
  return (
    special[type] ??
    type
      .replace(/^OBJECT_/, '')
      .replaceAll('_', ' ')
      .toLowerCase()
  );
}
