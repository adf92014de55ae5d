// What is said about a thing beside what it is: comments, owners, privileges.
import type { ThingAddress } from './address.ts';

export interface Comment {
  readonly kind: 'comment';
  readonly on: ThingAddress;
  readonly text: string;
}

export interface Owner {
  readonly kind: 'owner';
  readonly on: ThingAddress;
  readonly role: string;
}

/** Granted rights, those of the owner apart (manual 5.8). */
export interface Privilege {
  readonly kind: 'privilege';
  readonly on: ThingAddress;
  /** A role, or `PUBLIC`. */
  readonly grantee: string;
  /** `SELECT`, `INSERT (a)`; sorted; `*` behind one that may be passed on. */
  readonly rights: readonly string[];
}

export type Remark = Comment | Owner | Privilege;
