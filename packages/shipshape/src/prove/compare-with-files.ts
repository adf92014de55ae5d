// compareWithFiles: does a live database hold what some migrations build on an empty one?
import {
  type Address,
  addressOf,
  parentOf,
  renderAddress,
  renderAddressKey,
  schemasOf,
} from '../catalog/index.ts';
import { acrossVersions, withoutInstalled } from '../compare/across-versions.ts';
import { compare } from '../compare/compare.ts';
import { diagnoseDifferences } from '../diagnose/differences.ts';
import { adoptSpelling } from '../elaborate/adopt-spelling.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import type { Session } from '../postgres/session.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import type { Replay } from './replay.ts';

/**
 * What is missing here, or not alike, is an error; what is more on a table of theirs is a warning, since a later file may
 * make it. Other things of the database, owners, privileges and rows are not compared. `scratch`: where they were replayed.
 */
export async function compareWithFiles(
  session: Session,
  { catalog, provenance, postgres }: Replay,
  scratch: Session,
  last: string,
): Promise<readonly Finding[]> {
  const live = await readCatalog(session, { ownSchemas: schemasOf(catalog) });
  const { major, searchPath } = live.server;
  const built = await adoptSpelling(catalog, live.catalog, scratch);
  const tables = new Set(
    built.objects.filter(({ kind }) => kind === 'table').map((object) => renderAddressKey(addressOf(object))),
  );
  const concerned = withoutInstalled(compare(built, live.catalog)).filter(
    ({ kind, address }) => kind !== 'unexpected' || isOn(tables, address),
  );
  const { told, unsaid } = acrossVersions(concerned, [built, live.catalog], [postgres, major]);
  const at = { origin: {}, provenance: {} };
  const files = { ...at, kind: 'migrations', label: `the files up to ${last}`, catalog: built, provenance };
  const here = { ...at, kind: 'database', label: 'the database', catalog: live.catalog };
  const findings = diagnoseDifferences(told, files, here, searchPath).map((finding): Finding => {
    if (finding.code !== 'only-in-second') return { ...finding, because: neverRun };
    const doing = 'look whether a later file makes it; if none does, write one that makes it or drops it';
    return { ...finding, severity: 'warning', because: 'these files do not make it', do: doing };
  });
  if (unsaid.length === 0) return findings;
  const subjects = new Set(unsaid.map(({ address }) => renderAddress(address, searchPath)));
  const data = { subjects: [...subjects], replayed: postgres, live: major };
  return [...findings, makeFinding('baseline-printed-otherwise', data)];
}

const neverRun = 'a file that is marked as applied is never run here, so this would stay as it is';

function isOn(tables: ReadonlySet<string>, address: Address): boolean {
  if ('on' in address) return isOn(tables, address.on);
  const parent = parentOf(address);
  return tables.has(renderAddressKey(parent ?? address));
}
