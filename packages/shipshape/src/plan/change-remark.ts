// changeRemark: the statements that give a comment, an owner or a privilege its other value.
import type { Privilege, Remark } from '../catalog/index.ts';
import { renderGranted, renderGrants, renderRole } from '../ddl/index.ts';
import { createRemark } from './create-remark.ts';
import { ended } from './ended.ts';
import type { Pair, Sides } from './sides.ts';

export function changeRemark({ wanted, present }: Pair<Remark>, sides: Sides): readonly string[] {
  // It is said of the thing that is there, which may have another name.
  if (wanted.kind === 'privilege' && present.kind === 'privilege')
    return grantOtherwise(wanted, present, sides);
  return createRemark({ ...wanted, on: present.on }, sides.present, sides.naming);
}

function grantOtherwise(wanted: Privilege, present: Privilege, { naming }: Sides): readonly string[] {
  const bare = (right: string) => right.replace(/\*$/, '');
  const own = new Set(wanted.rights.map(bare));
  const surplus = present.rights.map(bare).filter((right) => !own.has(right));
  const kept = present.rights.filter((right) => right.endsWith('*') && wanted.rights.includes(bare(right)));
  const lacking = wanted.rights.filter((right) => {
    const isThere = present.rights.includes(right) || present.rights.includes(`${right}*`);
    return !isThere;
  });
  const revoke = (what: string, rights: readonly string[]) =>
    rights.length === 0
      ? []
      : [
          `REVOKE ${what}${rights.join(', ')} ON ${renderGranted(present.on, naming)} FROM ${renderRole(present.grantee)}`,
        ];
  return ended([
    ...revoke('', surplus),
    ...revoke('GRANT OPTION FOR ', kept.map(bare)),
    ...renderGrants({ ...wanted, on: present.on, rights: lacking }, naming),
  ]);
}
