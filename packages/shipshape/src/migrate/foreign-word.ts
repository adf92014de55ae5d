// foreignWord: whether the word that PostgreSQL stumbled over belongs to another database's SQL.

import type { ForeignWord } from '../report/codes/migration.ts';

/** Words that PostgreSQL has not, or not where these stand, with the databases in whose manuals they are. */
const owners: Readonly<Record<string, string>> = {
  '`': 'MySQL or SQLite',
  '[': 'SQL Server',
  AUTOINCREMENT: 'SQLite',
  PRAGMA: 'SQLite',
  WITHOUT: 'SQLite',
  AUTO_INCREMENT: 'MySQL',
  ENGINE: 'MySQL',
  UNSIGNED: 'MySQL',
  MEDIUMTEXT: 'MySQL',
  LONGTEXT: 'MySQL',
  TINYTEXT: 'MySQL',
  MEDIUMINT: 'MySQL',
  LONGBLOB: 'MySQL',
  MODIFY: 'MySQL',
  CHANGE: 'MySQL',
  TINYINT: 'MySQL or SQL Server',
  DATETIME: 'MySQL, SQLite or SQL Server',
  BLOB: 'MySQL or SQLite',
  DATETIME2: 'SQL Server',
  NVARCHAR: 'SQL Server',
  UNIQUEIDENTIFIER: 'SQL Server',
  GO: 'SQL Server',
};

/**
 * A hint, for a statement that PostgreSQL has refused as wrong syntax or for an unknown type. `at`: 0-based index in
 * characters of where it says that the fault is. Null for a word that is nobody's in particular.
 */
export function foreignWord(text: string, at: number): ForeignWord | null {
  const rest = Array.from(text)
    .slice(at, at + 64)
    .join('');
  const word = /^(?:[A-Za-z_][A-Za-z0-9_]*|[`[])/.exec(rest)?.[0];
  const of = word === undefined ? undefined : owners[word.toUpperCase()];
  return word === undefined || of === undefined ? null : { word, of };
}
