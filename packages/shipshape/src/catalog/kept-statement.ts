// KeptStatement: what a statement of a migration does, as it is kept once PostgreSQL's parser has read it.

export type Verb =
  | 'add'
  | 'allow'
  | 'alter'
  | 'attach'
  | 'change'
  | 'comment on'
  | 'copy'
  | 'create'
  | 'delete'
  | 'detach'
  | 'disable'
  | 'drop'
  | 'enable'
  | 'grant'
  | 'insert'
  | 'lock'
  | 'merge'
  | 'move'
  | 'refresh'
  | 'reindex'
  | 'rename'
  | 'replace'
  | 'require'
  | 'revoke'
  | 'run'
  | 'set'
  | 'truncate'
  | 'update'
  | 'validate';

/** One thing that a statement does, ready to be said before and after it is done. */
export interface Change {
  readonly verb: Verb;
  /** `call_log.recording_mode varchar(32)`; behind a count of rows: `of call_log`. */
  readonly what: string;
  /** PostgreSQL reports how many rows it was. */
  readonly counted?: boolean;
  /** For IF [NOT] EXISTS: what the statement tolerates, the thing's bare name as a notice spells it, and how we call it. */
  readonly tolerates?: {
    readonly state: 'there' | 'gone';
    readonly name: string;
    readonly subject: string;
  };
}

/** Of a statement that runs in its file's transaction and leaves nothing in the session. */
export interface KeptStatement {
  /** Where its text begins and ends in the file's, in UTF-16 units from 0. */
  readonly from: number;
  readonly to: number;
  /** 1-based, of its first word. */
  readonly line: number;
  readonly changes: readonly Change[];
}
