// diagnoseShortfall: one thing that the database lacks, with why and what to do.
import {
  addressOf,
  type CatalogObject,
  type MigrationId,
  makerOf,
  nameOf,
  quoteIdentifier,
  renderAddress,
  renderAddressKey,
  schemaOf,
} from '../catalog/index.ts';
import type { Shortfall } from '../need/shortfall.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import { causeOf } from './cause.ts';
import { describe, placeOf } from './describe.ts';
import { renderSubject, renderTableOf } from './naming.ts';
import { renderForgotten, renderRepair } from './remedy.ts';
import type { Deployer, Scene } from './scene.ts';

export function diagnoseShortfall(shortfall: Shortfall, scene: Scene): Finding {
  switch (shortfall.reason) {
    case 'no privilege':
      return tellPrivilege(shortfall, scene);
    case 'outside search path':
      return tellPath(shortfall, scene);
    case 'required column unknown':
      return tellUnknownColumn(shortfall, scene);
    default:
      return tellLack(shortfall, scene);
  }
}

function tellLack(shortfall: Shortfall, scene: Scene): Finding {
  const cause = causeOf(shortfall, scene);
  const data = describe(shortfall, scene.naming);
  switch (cause.kind) {
    case 'pending': {
      const { migration, object } = cause;
      return makeFinding(
        'pending-migration',
        { ...data, migration, by: tellDeployer(scene, migration) },
        placeOf(underItsName(shortfall, object), 'pending', migration),
      );
    }
    case 'drifted': {
      const { migration, object, migrated } = cause;
      const { ahead } = migrated;
      const sql = renderRepair(shortfall, object, scene, migrated);
      return makeFinding(
        'drifted-schema',
        { ...data, migration, sql, ahead },
        placeOf(underItsName(shortfall, object), 'drifted', migration),
      );
    }
    case 'forgotten':
      return tellForgotten(shortfall, scene);
    case 'unknown': {
      const { filesPending, without, deployer } = scene;
      if (without.kind === 'migrations') {
        const sql = renderForgotten(shortfall, scene);
        return makeFinding('not-in-database', { ...data, sql }, placeOf(shortfall, 'forgotten'));
      }
      const verdict = filesPending.length > 0 ? 'pending' : 'blind';
      return makeFinding(
        'cause-unknown',
        {
          ...data,
          filesPending,
          without,
          command: deployer === null ? 'npx shipshape migrate' : actOf(deployer),
        },
        placeOf(shortfall, verdict),
      );
    }
  }
}

/** A need knows a key by its columns alone; migrations say what it is called, or that it is an index. */
function underItsName(shortfall: Shortfall, object: CatalogObject): Shortfall {
  const { kind } = shortfall.address;
  const isKey = kind === 'primary key' || kind === 'unique key';
  return isKey ? { ...shortfall, address: addressOf(object) } : shortfall;
}

function tellDeployer({ deployer }: Scene, migration: MigrationId | null) {
  if (deployer === null) return null;
  const hindrance = migration === null ? undefined : deployer.hindered.get(migration);
  return { table: deployer.table, act: hindrance?.act ?? actOf(deployer) };
}

function actOf({ command, tool }: Deployer): string {
  return command ?? `apply it with ${tool}`;
}

export function tellForgotten(shortfall: Shortfall, scene: Scene): Finding {
  const data = { ...describe(shortfall, scene.naming), sql: renderForgotten(shortfall, scene) };
  const cause = causeOf(shortfall, scene);
  const migration = cause.kind === 'forgotten' && shortfall.aspect !== 'existence' ? cause.migration : null;
  return makeFinding('forgotten-migration', data, placeOf(shortfall, 'forgotten', migration));
}

/** This database has it, and no migration makes it. */
export function tellUnrecorded(shortfall: Shortfall, scene: Scene): Finding {
  const sql = renderForgotten(shortfall, { ...scene, naming: { ...scene.naming, repeatable: true } });
  const data = { ...describe(shortfall, scene.naming), sql };
  const severity = shortfall.severity === 'error' ? 'warning' : 'note';
  const { declared: _, found: __, ...place } = placeOf(shortfall, 'unrecorded');
  return makeFinding('unrecorded-change', data, { ...place, severity });
}

function tellPrivilege(shortfall: Shortfall, { live, naming }: Scene): Finding {
  const { address, declared, found, lacking = [] } = shortfall;
  const target =
    address.kind === 'schema' ? `SCHEMA ${quoteIdentifier(address.schema)}` : renderTableOf(address, naming);
  const columnsOf = (columns: readonly string[] | null) =>
    columns === null ? '' : ` (${columns.map(quoteIdentifier).join(', ')})`;
  const data = {
    subject: renderSubject(address, naming),
    rights:
      lacking.length === 0
        ? (declared ?? '')
        : lacking.map(({ right, columns }) => `${right}${columnsOf(columns)}`).join(', '),
    grant:
      lacking.length === 0
        ? (declared ?? '').toUpperCase()
        : lacking.map(({ right, columns }) => `${right.toUpperCase()}${columnsOf(columns)}`).join(', '),
    held: found,
    role: quoteIdentifier(live.user),
    target,
  };
  return makeFinding('no-privilege', data, placeOf(shortfall, 'blind'));
}

function tellPath(shortfall: Shortfall, { live, need, liveLookup, naming }: Scene): Finding {
  const { address } = shortfall;
  const asked = need.tables.find(
    ({ schema, name }) => schemaOf(address) === schema && nameOf(address) === name,
  );
  const found = asked === undefined ? null : liveLookup.findTable(asked);
  const place = found?.kind === 'elsewhere' ? found.things[0]?.table.schema : undefined;
  const data = {
    subject: renderSubject(address, naming),
    places: shortfall.found ?? '',
    path: live.searchPath.map(quoteIdentifier).join(', '),
    role: quoteIdentifier(live.user),
    schema: quoteIdentifier(place ?? ''),
  };
  return makeFinding('outside-search-path', data, placeOf({ ...shortfall, declared: null }, 'blind'));
}

function tellUnknownColumn(shortfall: Shortfall, { migrated, naming }: Scene): Finding {
  const { address } = shortfall;
  const key = renderAddressKey(address);
  const maker = migrated === null ? null : makerOf(migrated.provenance, key);
  const data = {
    subject: renderAddress(address, naming.hidden),
    table: renderTableOf(address, naming),
    name: 'name' in address ? quoteIdentifier(address.name) : '',
    maker,
    inMigrations: maker !== null,
  };
  return makeFinding(
    'required-column-unknown',
    data,
    placeOf(shortfall, maker === null ? 'unrecorded' : 'forgotten', maker),
  );
}
