// Change: one thing that a statement does, ready to be said before and after it is done.

const past = {
  add: 'added',
  allow: 'allowed',
  alter: 'altered',
  attach: 'attached',
  change: 'changed',
  'comment on': 'commented on',
  copy: 'copied',
  create: 'created',
  delete: 'deleted',
  detach: 'detached',
  disable: 'disabled',
  drop: 'dropped',
  enable: 'enabled',
  grant: 'granted',
  insert: 'inserted',
  lock: 'locked',
  merge: 'merged',
  move: 'moved',
  refresh: 'refreshed',
  reindex: 'reindexed',
  rename: 'renamed',
  replace: 'replaced',
  require: 'required',
  revoke: 'revoked',
  run: 'ran',
  set: 'set',
  truncate: 'truncated',
  update: 'updated',
  validate: 'validated',
} as const;

export type Verb = keyof typeof past;

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

const conditions = { there: ' unless it is there', gone: ' if it is there' } as const;

/** `add call_log.recording_mode varchar(32) unless it is there` */
export function renderIntent({ verb, what, counted, tolerates }: Change): string {
  const condition = tolerates === undefined ? '' : conditions[tolerates.state];
  return `${verb} ${counted === true ? 'rows ' : ''}${what}${condition}`;
}

/** `added call_log.recording_mode varchar(32)`, `updated 200 rows of call_log` */
export function renderDeed(change: Change, rows: number | null): string {
  const count = change.counted === true ? `${rows ?? 0} ${rows === 1 ? 'row' : 'rows'} ` : '';
  return `${past[change.verb]} ${count}${change.what}`;
}
