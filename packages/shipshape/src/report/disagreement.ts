// Disagreement: in which way one address is not as the code declares it, in words.
import type { Kind } from '../catalog/index.ts';

export type Lack =
  | 'missing'
  | 'type broken'
  | 'type narrower'
  | 'null where none is expected'
  | 'null is refused'
  | 'explicit null is refused'
  | 'value is refused'
  | 'nothing fills it'
  | 'default differs'
  | 'missing label'
  | 'no arbiter'
  | 'unequal';

export interface Disagreement {
  readonly lack: Lack;
  readonly kind: Kind;
  /** As people write it: `call_log.recording_mode`, `unique key call_log (business_id, call_sid)`. */
  readonly subject: string;
  /** The table in which it is, or the subject itself. */
  readonly table: string;
  readonly aspect: string;
  readonly declared: string | null;
  /** For a missing thing the similar name that is there. */
  readonly found: string | null;
  readonly sqlstate: string | null;
  readonly because: string | null;
}

/** No full stop: `call_log.recording_mode is missing`. */
export function renderLack({ lack, subject, aspect, declared, found }: Disagreement): string {
  switch (lack) {
    case 'missing':
      return `${subject} is missing${found === null ? '' : ` (there is ${found})`}`;
    case 'type broken':
    case 'type narrower':
      return `${subject} is ${found}, declared ${declared}`;
    case 'null where none is expected':
      return `${subject} may be null, declared not null`;
    case 'null is refused':
      return aspect === 'default'
        ? `${subject} must not be null and nothing fills it, declared as filled by the database`
        : `${subject} must not be null and has no default, declared nullable`;
    case 'explicit null is refused':
      return `${subject} must not be null, declared nullable`;
    case 'value is refused':
      return `${subject} takes only the value that the database gives it, declared as written by the code`;
    case 'nothing fills it':
      return `${subject} has no default, declared with ${declared ?? 'one'}`;
    case 'default differs':
      return `${subject} has the default ${found}, declared ${declared}`;
    case 'missing label':
      return `${subject} lacks the label ${declared}`;
    case 'no arbiter':
      return `${subject} is ${found}, declared without that`;
    case 'unequal':
      return `${subject} has ${aspect} ${found ?? 'none'}, declared ${declared ?? 'none'}`;
  }
}

/** What comes of it, in words that a group of findings can share. No full stop. */
export function renderConsequence(disagreement: Disagreement): string {
  const { lack, kind, table, declared, because, sqlstate } = disagreement;
  const answered = sqlstate === null ? '' : ` (${sqlstate})`;
  switch (lack) {
    case 'missing':
      return missing(kind, table, disagreement);
    case 'type broken':
    case 'type narrower':
      return `${because ?? 'the types differ'}${answered}`;
    case 'null where none is expected':
      return 'a row with a null would reach code that expects none';
    case 'null is refused':
      return `an insert that leaves it out is refused${answered}`;
    case 'explicit null is refused':
      return `a statement that writes a null is refused${answered}`;
    case 'value is refused':
      return `a statement that writes it is refused${answered}`;
    case 'nothing fills it':
      return 'a row inserted without it holds a null where the code expects a value';
    case 'default differs':
      return 'a row inserted without it holds another value than the code expects';
    case 'missing label':
      return `a statement with that label is refused${answered}`;
    case 'no arbiter':
      return `duplicates are kept out, but an insert with ON CONFLICT (${declared ?? ''}) is refused${answered}`;
    case 'unequal':
      return 'databases that the migrations build would not be what the code declares';
  }
}

function missing(kind: Kind, table: string, { sqlstate, declared }: Disagreement): string {
  switch (kind) {
    case 'column':
      return `a query that loads ${table} selects every declared column; PostgreSQL would answer ${sqlstate ?? '42703'} to each`;
    case 'table':
      return `PostgreSQL would answer ${sqlstate ?? '42P01'} to every statement on ${table}`;
    case 'enum':
      return `a statement that names the type is refused (${sqlstate ?? '42704'})`;
    case 'primary key':
    case 'unique key':
      return `an insert with ON CONFLICT (${declared ?? ''}) is refused (${sqlstate ?? '42P10'}), and duplicates are let in`;
    case 'foreign key':
      return 'rows whose counterpart is gone would be let in';
    case 'check':
      return 'rows that break it would be let in';
    case 'index':
      return `queries that rely on it would read the whole of ${table}`;
    case 'schema':
      return 'everything in it is missing as well';
    case 'view':
    case 'materialized view':
      return `PostgreSQL would answer ${sqlstate ?? '42P01'} to every query on ${table}`;
    case 'sequence':
      return `drawing from it is refused (${sqlstate ?? '42P01'})`;
    case 'domain':
    case 'composite type':
    case 'range type':
      return `a statement that names the type is refused (${sqlstate ?? '42704'})`;
    case 'collation':
      return `a statement that sorts by it is refused (${sqlstate ?? '42704'})`;
    case 'routine':
      return `a statement that calls it is refused (${sqlstate ?? '42883'})`;
    case 'trigger':
      return `what it does when rows of ${table} change would not happen`;
    case 'policy':
      return `rows of ${table} would be seen or written by whom it keeps from them, or hidden from whom it lets in`;
    case 'exclusion constraint':
      return 'rows that exclude each other would be let in';
    case 'extension':
      return 'its types, functions and operators are missing as well';
    case 'comment':
      return 'people who look at the database would not read it';
    case 'owner':
    case 'privilege':
      return 'statements of roles other than this one may be refused (42501)';
  }
}
