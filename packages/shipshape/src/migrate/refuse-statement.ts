// refuseStatement: what a migration file cannot hold.
import type { Node } from 'libpg-query';
import { type ByKind, type Statement, tell } from '../postgres/statement.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import type { Migration } from './migration.ts';
import { displayPath, displayPlace, placeOf } from './place.ts';

/**
 * Null for a statement that may run. `apart`: each statement of the file commits by itself, so that those may run which
 * PostgreSQL forbids in a transaction.
 */
export function refuseStatement(migration: Migration, statement: Statement, apart: boolean): Finding | null {
  const place = displayPlace(migration, statement.line);
  const where = placeOf(migration, statement.line);
  const { id } = migration;
  const control =
    tell(transactionControl, statement.node) ?? (apart ? tell(savepoint, statement.node) : null);
  if (control != null)
    return makeFinding('migration-holds-transaction', { migration: id, place, statement: control }, where);
  if (tell(readsClient, statement.node) === true)
    return makeFinding('migration-reads-client', { migration: id, place }, where);
  const outside = outsideOf(statement);
  if (outside === null || (apart && !endsSession(statement))) return null;
  const way = endsSession(statement) ? 'leave out' : migration.header === undefined ? 'file' : 'apart';
  const data = { migration: id, statement: outside, place, file: displayPath(migration.file), way } as const;
  return makeFinding('migration-outside-transaction', data, where);
}

/** The name of a statement that cannot run in a transaction; null for others. */
export function outsideOf(statement: Statement): string | null {
  return tell(outsideTransaction, statement.node) ?? null;
}

/** It would give up the session lock, and with it what protects the statements that have no fence. */
function endsSession({ node }: Statement): boolean {
  return 'DiscardStmt' in node && node.DiscardStmt.target === 'DISCARD_ALL';
}

/** Savepoints stay inside the file's transaction and are its own business. */
const transactionControl: ByKind<string | null> = {
  TransactionStmt: ({ kind }) => {
    if (kind === undefined || /SAVEPOINT|_RELEASE|ROLLBACK_TO/.test(kind)) return null;
    return kind
      .replace('TRANS_STMT_', '')
      .replaceAll('_', ' ')
      .replace(/^PREPARE$/, 'PREPARE TRANSACTION');
  },
};

/** The server would take for its rows whatever is sent behind it. */
const readsClient: ByKind<boolean> = {
  CopyStmt: ({ is_from, is_program, filename }) =>
    is_from === true && is_program !== true && filename === undefined,
};

/** Where each statement is a transaction of its own, there is nothing to go back to. */
const savepoint: ByKind<string | null> = {
  TransactionStmt: ({ kind = '' }) => kind.replace('TRANS_STMT_', '').replaceAll('_', ' '),
};

/** The statements whose pages in the manual (part VI) say that they cannot be executed inside a transaction block. */
const outsideTransaction: ByKind<string | null> = {
  IndexStmt: ({ concurrent }) => (concurrent === true ? 'CREATE INDEX CONCURRENTLY' : null),
  DropStmt: ({ concurrent }) => (concurrent === true ? 'DROP INDEX CONCURRENTLY' : null),
  ReindexStmt: ({ kind, params }) => {
    if (hasOption(params, 'concurrently')) return 'REINDEX CONCURRENTLY';
    const whole = /^REINDEX_OBJECT_(SCHEMA|SYSTEM|DATABASE)$/.exec(kind ?? '');
    return whole === null ? null : `REINDEX ${whole[1]}`;
  },
  AlterTableStmt: ({ cmds }) =>
    (cmds ?? []).some(
      (node) =>
        'AlterTableCmd' in node &&
        node.AlterTableCmd.def !== undefined &&
        'PartitionCmd' in node.AlterTableCmd.def &&
        node.AlterTableCmd.def.PartitionCmd.concurrent === true,
    )
      ? 'ALTER TABLE … DETACH PARTITION CONCURRENTLY'
      : null,
  VacuumStmt: ({ is_vacuumcmd }) => (is_vacuumcmd === true ? 'VACUUM' : null),
  ClusterStmt: ({ relation }) => (relation === undefined ? 'CLUSTER of the whole database' : null),
  AlterSystemStmt: () => 'ALTER SYSTEM',
  CreatedbStmt: () => 'CREATE DATABASE',
  DropdbStmt: () => 'DROP DATABASE',
  AlterDatabaseStmt: ({ options }) =>
    hasOption(options, 'tablespace') ? 'ALTER DATABASE … SET TABLESPACE' : null,
  CreateTableSpaceStmt: () => 'CREATE TABLESPACE',
  DropTableSpaceStmt: () => 'DROP TABLESPACE',
  CreateSubscriptionStmt: ({ options }) =>
    hasOption(options, 'connect') || hasOption(options, 'create_slot') ? null : 'CREATE SUBSCRIPTION',
  DiscardStmt: ({ target }) => (target === 'DISCARD_ALL' ? 'DISCARD ALL' : null),
};

function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  return (options ?? []).some((node) => 'DefElem' in node && node.DefElem.defname === name);
}
