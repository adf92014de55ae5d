// OwnStatement: a statement of ours that every transaction asks; prepared where the session is ours alone (SQL's PREPARE).
import { quoteIdentifier, quoteLiteral } from '../catalog/index.ts';
import { ownPrepared } from '../postgres/own-prepared.ts';
import type { Result, Session } from '../postgres/session.ts';

export interface OwnStatement {
  readonly name: string;
  /** Of its parameters. */
  readonly types: readonly string[];
  readonly text: string;
}

type Values = readonly (string | null)[];

const preparedName = ({ name }: OwnStatement): string => quoteIdentifier(`${ownPrepared}${name}`);

/** As SQL. */
export function renderPrepare(statement: OwnStatement): string {
  return `PREPARE ${preparedName(statement)} (${statement.types.join(', ')}) AS ${statement.text}`;
}

/** As SQL, for a message of several statements, which takes no parameters. */
export function renderExecute(statement: OwnStatement, values: Values): string {
  const literals = values.map((value) => (value === null ? 'NULL' : quoteLiteral(value)));
  return `EXECUTE ${preparedName(statement)} (${literals.join(', ')})`;
}

export function askOwn<Row>(
  session: Session,
  isPrepared: boolean,
  statement: OwnStatement,
  values: Values,
): Promise<Result<Row>> {
  return isPrepared ? session.query(renderExecute(statement, values)) : session.query(statement.text, values);
}
