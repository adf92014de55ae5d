// loadScripts: the statements of a schema run on a scratch database, in whatever order they need.
import type { Node } from 'libpg-query';
import { provideRole } from '../../elaborate/provide-role.ts';
import { DatabaseError } from '../../postgres/database-error.ts';
import { missingExtension } from '../../postgres/missing-extension.ts';
import { lineBreaksBefore } from '../../postgres/parse-statements.ts';
import type { Session } from '../../postgres/session.ts';
import { sqlstates } from '../../postgres/sqlstate.ts';
import type { Statement } from '../../postgres/statement.ts';
import { type Finding, makeFinding, ShipshapeError } from '../../report/index.ts';
import { isOfSchema } from './left-out.ts';
import type { Script, Step } from './scripts.ts';
import { isSetting, openSettings } from './settings.ts';

/** The schemas in which a statement looked for what it names without one; it makes things in the first. */
export type PathOf = ReadonlyMap<Statement, readonly string[]>;

interface Refused {
  readonly step: Step;
  readonly error: DatabaseError;
}

/**
 * Each script is a session of its own: what one sets does not reach the next. A statement that is refused waits until
 * all others have run, and runs again under the settings of its place, as often as that helps: files need no order among
 * each other. Roles that statements name are made; what is the environment's is left out (`isOfSchema`).
 * Throws ShipshapeError with every statement that the server refuses in the end (`schema-sql-refused`).
 */
export async function loadScripts(scripts: readonly Script[], session: Session): Promise<PathOf> {
  const paths = new Map<Statement, readonly string[]>();
  const final: Refused[] = [];
  let waiting = new Set(
    scripts.flatMap(({ steps }) => steps.filter(({ statement }) => isOfSchema(statement))),
  );
  for (;;) {
    const refused: Refused[] = [];
    for (const { steps } of scripts)
      if (steps.some((step) => waiting.has(step))) refused.push(...(await runScript(steps)));
    // What could not be dropped was not there yet: later it would be what another file has made meanwhile.
    final.push(...refused.filter(({ step }) => isDrop(step)));
    const again = refused.filter(({ step }) => !isDrop(step));
    if (again.length === 0 || again.length === waiting.size) {
      assertNoneRefused([...final, ...again], scripts);
      return paths;
    }
    waiting = new Set(again.map(({ step }) => step));
  }

  async function runScript(steps: readonly Step[]): Promise<readonly Refused[]> {
    const refused: Refused[] = [];
    const settings = await openSettings(session);
    let path = await readPath(session);
    for (const step of steps) {
      const { statement } = step;
      const setting = isSetting(statement) && isOfSchema(statement);
      if (!setting && !waiting.has(step)) continue;
      const error = await attempt(() => (setting ? settings.run(statement) : run(statement, session)));
      if (error !== null) refused.push({ step, error });
      else paths.set(statement, path);
      if (setting || 'CreateSchemaStmt' in statement.node) path = await readPath(session);
    }
    return refused;
  }
}

async function attempt(act: () => Promise<void>): Promise<DatabaseError | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof DatabaseError) return error;
    throw error;
  }
}

async function run({ text, node }: Statement, session: Session): Promise<void> {
  for (const role of rolesIn(node)) await provideRole(role, session);
  try {
    await session.query(text);
  } catch (error) {
    // Every database has `public`, and dumps of it alone make it (pg_dump --schema=public).
    if (!(error instanceof DatabaseError && error.sqlstate === '42P06' && makesPublic(node))) throw error;
  }
}

function makesPublic(node: Node): boolean {
  return 'CreateSchemaStmt' in node && node.CreateSchemaStmt.schemaname === 'public';
}

/** Wherever a statement names them: `AUTHORIZATION`, `TO` of a policy, `FOR` of a user mapping. */
function rolesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'RoleSpec' in value ? [value.RoleSpec] : 'roletype' in value ? [value] : [];
  const named = own.flatMap((role) => {
    const { rolename } = role as { readonly rolename?: string };
    return rolename === undefined ? [] : [rolename];
  });
  const inner = Object.entries(value).flatMap(([key, each]) => (key === 'RoleSpec' ? [] : rolesIn(each)));
  return [...new Set([...named, ...inner])];
}

function isDrop({ statement: { node } }: Step): boolean {
  return 'DropStmt' in node;
}

async function readPath(session: Session): Promise<readonly string[]> {
  const { rows } = await session.query<{ path: readonly string[] }>(
    'SELECT pg_catalog.current_schemas(false)::text[] AS path',
  );
  return rows[0]?.path ?? [];
}

const ofExtension: readonly string[] = [sqlstates.undefinedObject, sqlstates.undefinedFunction];

/** In the order of the files, each step once. */
function assertNoneRefused(refused: readonly Refused[], scripts: readonly Script[]): void {
  const lacks = refused.some(({ error }) => missingExtension(error) !== null);
  // Types and functions that nobody knows may be those of the extension.
  const told = lacks ? refused.filter(({ error }) => !ofExtension.includes(error.sqlstate)) : refused;
  const errors = new Map(told.map(({ step, error }) => [step, error]));
  const [first, ...rest] = scripts.flatMap(({ steps }) =>
    steps.flatMap((step) => {
      const error = errors.get(step);
      return error === undefined ? [] : [explain(step, error)];
    }),
  );
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
}

/** The line that PostgreSQL points at, where it does. */
function explain({ in: { file }, statement }: Step, error: DatabaseError): Finding {
  const { message, sqlstate, position } = error;
  const line = statement.line + lineBreaksBefore(statement.text, (position ?? 1) - 1);
  const [place, origin] = [`${file}:${line}`, { file, line }];
  const extension = missingExtension(error);
  return extension === null
    ? makeFinding('schema-sql-refused', { place, message, sqlstate }, { origin })
    : makeFinding('extension-not-available', { place, extension }, { origin });
}
