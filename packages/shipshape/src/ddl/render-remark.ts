// renderRemark: comments, owners and privileges.
import {
  type Comment,
  type Privilege,
  quoteIdentifier,
  quoteLiteral,
  type Remark,
  type ThingAddress,
} from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';
import { renderTarget } from './render-target.ts';

/** `foreign`: what it is about is a foreign table. */
export function renderRemark(remark: Remark, naming: Naming, foreign = false): readonly string[] {
  switch (remark.kind) {
    case 'comment':
      return [renderComment(remark, naming, foreign)];
    case 'owner':
      return [`ALTER ${renderTarget(remark.on, naming, foreign)} OWNER TO ${renderRole(remark.role)}`];
    case 'privilege':
      return renderGrants(remark, naming);
  }
}

export function renderComment({ on, text }: Comment, naming: Naming, foreign = false): string {
  return `COMMENT ON ${renderTarget(on, naming, foreign)} IS ${quoteLiteral(text)}`;
}

/** A role as SQL: PUBLIC and the roles of the session are words, not names (manual, GRANT). */
export function renderRole(role: string): string {
  return /^(public|current_user|current_role|session_user)$/i.test(role)
    ? role.toUpperCase()
    : quoteIdentifier(role);
}

export function renderGrants({ on, grantee, rights }: Privilege, naming: Naming): readonly string[] {
  const passedOn = rights.filter((right) => right.endsWith('*')).map((right) => right.slice(0, -1));
  const kept = rights.filter((right) => !right.endsWith('*'));
  const grant = (some: readonly string[], suffix: string) =>
    some.length === 0
      ? []
      : [`GRANT ${some.join(', ')} ON ${renderGranted(on, naming)} TO ${renderRole(grantee)}${suffix}`];
  return [...grant(kept, ''), ...grant(passedOn, ' WITH GRANT OPTION')];
}

/** Rights are granted on everything that has rows by the word TABLE. */
export function renderGranted(on: ThingAddress, naming: Naming): string {
  return on.kind === 'view' || on.kind === 'materialized view'
    ? `TABLE ${renderName(on.schema, on.name, naming)}`
    : renderTarget(on, naming);
}
