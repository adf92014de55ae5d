// loadFiles: the statements of a schema run on a scratch database, in whatever order they need.
import type { Node } from 'libpg-query';
import { provideRole } from '../../elaborate/provide-role.ts';
import { DatabaseError } from '../../postgres/database-error.ts';
import type { Session } from '../../postgres/session.ts';
import { type ByKind, type Statement, tell } from '../../postgres/statement.ts';
import { type Finding, makeFinding, ShipshapeError } from '../../report/index.ts';
import type { SqlFile } from './read-files.ts';

interface Step {
  readonly file: string;
  readonly statement: Statement;
}

/**
 * A statement that names what is not there yet waits until all others have run, as often as that helps: files need no
 * order among each other. Roles that policies name are made; owners and grants are left out, since their roles belong to
 * the environment. Throws ShipshapeError with every statement that the server refuses in the end (`schema-sql-refused`).
 */
export async function loadFiles(files: readonly SqlFile[], session: Session): Promise<void> {
  let waiting: readonly Step[] = files.flatMap(({ file, statements }) =>
    statements.filter(isOfSchema).map((statement) => ({ file, statement })),
  );
  for (;;) {
    const refused: { readonly step: Step; readonly error: DatabaseError }[] = [];
    for (const step of waiting) {
      const error = await run(step.statement, session);
      if (error !== null) refused.push({ step, error });
    }
    if (refused.length === 0) return;
    if (refused.length === waiting.length || !refused.some(({ error }) => isWaiting(error)))
      throw explain(refused.map(({ step, error }) => explainRefusal(step, error)));
    waiting = refused.map(({ step }) => step);
  }
}

/** A name that is not known: of a table, column, function, type, schema or anything else (manual, appendix A). */
function isWaiting({ sqlstate }: DatabaseError): boolean {
  return ['42P01', '42703', '42883', '42704', '3F000'].includes(sqlstate);
}

async function run({ text, node }: Statement, session: Session): Promise<DatabaseError | null> {
  try {
    for (const role of tell(rolesIn, node) ?? []) await provideRole(role, session);
    await session.query(text);
    return null;
  } catch (error) {
    if (error instanceof DatabaseError) return error;
    throw error;
  }
}

const rolesIn: ByKind<readonly string[]> = {
  CreatePolicyStmt: ({ roles }) => rolesOf(roles),
  AlterPolicyStmt: ({ roles }) => rolesOf(roles),
};

function rolesOf(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => ('RoleSpec' in node ? (node.RoleSpec.rolename ?? []) : []));
}

/** What is about the environment, the cluster, or rows. */
const leftOut: ByKind<true> = {
  AlterOwnerStmt: () => true,
  GrantStmt: () => true,
  GrantRoleStmt: () => true,
  AlterDefaultPrivilegesStmt: () => true,
  CreateRoleStmt: () => true,
  AlterRoleStmt: () => true,
  AlterRoleSetStmt: () => true,
  DropRoleStmt: () => true,
  CreatedbStmt: () => true,
  DropdbStmt: () => true,
  AlterDatabaseStmt: () => true,
  AlterDatabaseSetStmt: () => true,
  CreateTableSpaceStmt: () => true,
  TransactionStmt: () => true,
  CopyStmt: () => true,
};

function isOfSchema({ node }: Statement): boolean {
  if (tell(leftOut, node) === true) return false;
  return !('AlterTableStmt' in node) || !(node.AlterTableStmt.cmds ?? []).every(isOwner);
}

function isOwner(node: Node): boolean {
  return 'AlterTableCmd' in node && node.AlterTableCmd.subtype === 'AT_ChangeOwner';
}

function explainRefusal({ file, statement }: Step, { message, sqlstate }: DatabaseError): Finding {
  const origin = { file, line: statement.line };
  const data = { place: `${file}:${statement.line}`, message, sqlstate };
  return makeFinding('schema-sql-refused', data, { origin });
}

function explain(findings: readonly Finding[]): ShipshapeError {
  return new ShipshapeError(findings as [Finding, ...Finding[]]);
}
