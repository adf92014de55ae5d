// describe: a shortfall as the data of a finding: in the user's own names, with its place.
import type { MigrationId, Verdict } from '../catalog/index.ts';
import type { Naming } from '../ddl/index.ts';
import type { Shortfall } from '../need/shortfall.ts';
import type { Disagreement, Lack, Place, Severity } from '../report/index.ts';
import { renderSubject, renderTableOf } from './naming.ts';

export function describe(shortfall: Shortfall, naming: Naming): Disagreement {
  const { address, aspect, declared, found, sqlstate, because, reason } = shortfall;
  const table = renderTableOf(address, naming);
  const keyed = address.kind === 'primary key' || address.kind === 'unique key';
  return {
    lack: lackOf(reason),
    kind: address.kind,
    subject: keyed ? `${address.kind} ${table} (${declared})` : renderSubject(address, naming),
    table,
    aspect,
    declared,
    found,
    sqlstate,
    because,
  };
}

function lackOf(reason: Shortfall['reason']): Lack {
  switch (reason) {
    case 'missing table':
    case 'missing column':
    case 'missing unique key':
    case 'missing enum':
    case 'outside search path':
    case 'no privilege':
    case 'required column unknown':
      return 'missing';
    default:
      return reason;
  }
}

export function placeOf(
  { address, aspect, declared, found, origin, severity }: Shortfall,
  verdict: Verdict,
  migration: MigrationId | null = null,
): Place & { readonly severity: Severity } {
  return {
    address,
    aspect,
    severity,
    verdict,
    ...(declared === null ? {} : { declared }),
    ...(found === null ? {} : { found }),
    ...(origin === null ? {} : { origin }),
    ...(migration === null ? {} : { migration }),
  };
}
