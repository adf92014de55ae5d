// A change in words, before it is done and after.
import type { Change, Verb } from '../../catalog/index.ts';

const past: Readonly<Record<Verb, string>> = {
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
};

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
