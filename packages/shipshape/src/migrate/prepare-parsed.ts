// prepareParsed: a pending file as PostgreSQL's parser reads it, and what a file cannot hold.
import type { Finding } from '../report/index.ts';
import { refuseBackfill } from './backfill/refuse-backfill.ts';
import type { Migration, TransactionRule } from './migration.ts';
import type { Prepared } from './prepared.ts';
import { refuseStatement } from './refuse-statement.ts';
import { readStatements } from './statements.ts';
import type { ParsedStatement } from './told-statement.ts';

export interface PreparedAndJudged {
  readonly prepared: Prepared;
  readonly findings: readonly Finding[];
}

/** Throws as `readStatements` does. */
export async function prepareParsed(file: Migration): Promise<PreparedAndJudged> {
  const statements = await readStatements(file);
  const rule = ruleOf(file, statements);
  const migration = { ...file, rule };
  if (rule === 'each batch')
    return {
      prepared: { by: 'parts', migration, statements },
      findings: refuseBackfill(migration, statements),
    };
  const apart = rule === 'each statement';
  return {
    prepared: apart
      ? { by: 'parts', migration, statements }
      : { by: 'file', migration, statements, parsed: statements },
    findings: statements.flatMap((statement) => refuseStatement(migration, statement, apart) ?? []),
  };
}

/** Throws as `readStatements` does. */
export async function parsedOf(prepared: Prepared): Promise<readonly ParsedStatement[]> {
  return prepared.by === 'parts'
    ? prepared.statements
    : (prepared.parsed ?? (await readStatements(prepared.migration)));
}

/**
 * Another tool's `all files` are run one by one: locks are then held for one file and not for all, what a failure leaves is
 * what runs on two days would have left, and the tool's rows say so. A text `as sent` is one transaction on the server.
 */
function ruleOf({ rule }: Migration, statements: readonly ParsedStatement[]): TransactionRule {
  if (rule === 'each batch' || rule === 'each statement') return rule;
  const outside = statements.filter((each) => each.outside !== null).length;
  if (outside === 0) return 'each file';
  return outside === statements.length || rule === 'as it allows' ? 'each statement' : 'each file';
}
