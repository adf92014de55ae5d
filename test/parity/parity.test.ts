// One schema told in seven ways reads as one catalog; what a way of telling cannot say is silent, and is listed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addressOf,
  adoptEnumNames,
  type Catalog,
  type Declaration,
  renderAddressKey,
  type Silence,
} from '../../packages/shipshape/src/catalog/index.ts';
import { compare } from '../../packages/shipshape/src/compare/compare.ts';
import type { Difference } from '../../packages/shipshape/src/compare/difference.ts';
import { adoptSpelling } from '../../packages/shipshape/src/elaborate/adopt-spelling.ts';
import { elaborate } from '../../packages/shipshape/src/elaborate/elaborate.ts';
import { readCatalog } from '../../packages/shipshape/src/introspect/read-catalog.ts';
import { connect } from '../../packages/shipshape/src/postgres/connect.ts';
import type { OwnSession } from '../../packages/shipshape/src/postgres/session.ts';
import { folderOf, here, schemas, tellings } from './tellings.ts';

let server: ScratchServer;
const sessions: OwnSession[] = [];
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(async () => {
  await Promise.all(sessions.map((session) => session.close()));
  await server.stop();
});

async function makeDatabase(): Promise<OwnSession> {
  const session = await connect(await server.createDatabase());
  sessions.push(session);
  return session;
}

describe.each(schemas)('%s', (schema) => {
  let truth: Catalog;
  beforeAll(async () => {
    const session = await makeDatabase();
    await session.query(readFileSync(join(here, schema, 'schema.sql'), 'utf8'));
    truth = (await readCatalog(session)).catalog;
  });

  test('is a schema', () => {
    expect(truth.objects.length).toBeGreaterThan(25);
  });

  const told = Object.keys(tellings).filter((telling) => folderOf(schema, telling) !== null);

  test.each(told)('told by %s', async (telling) => {
    const folder = folderOf(schema, telling) as string;
    const make = tellings[telling] as (typeof tellings)[string];
    const source = await make(folder, server.url('postgres'));
    const declaration = adoptEnumNames(await source.declare({ origins: true }), truth);
    const declared = await readDeclared(declaration, truth);
    const { silence } = declaration;
    expect(render(compare(declared, truth, { silence }), silence)).toBe('');
    expect(findWithoutLine(declaration)).toEqual([]);
    expectGolden(join(folder, 'silences.txt'), render(compare(declared, truth), silence));
  });
});

/** As `check` reads it. */
async function readDeclared(declaration: Declaration, truth: Catalog): Promise<Catalog> {
  if (declaration.printed !== undefined) return declaration.catalog;
  const session = await makeDatabase();
  return adoptSpelling(await elaborate(declaration.catalog, session), truth, session);
}

function findWithoutLine({ catalog, origin }: Declaration): readonly string[] {
  return catalog.objects
    .filter(({ kind }) => kind === 'table' || kind === 'column' || kind === 'view')
    .map((object) => renderAddressKey(addressOf(object)))
    .filter((key) => origin[key] === undefined);
}

/** What would be told, and why it is not. */
function render(differences: readonly Difference[], silence: readonly Silence[]): string {
  return differences.map((difference) => `${tell(difference)}${because(difference, silence)}\n`).join('');
}

function tell(difference: Difference): string {
  const key = renderAddressKey(difference.address);
  switch (difference.kind) {
    case 'missing':
      return `declared only: ${key}`;
    case 'unexpected':
      return `not declared: ${key}`;
    case 'unequal':
      return `${difference.aspect} of ${key}: declared ${difference.left}, is ${difference.right}`;
  }
}

function because(difference: Difference, silence: readonly Silence[]): string {
  const aspects =
    difference.kind === 'unequal'
      ? [difference.aspect]
      : ['existence', ...(difference.kind === 'unexpected' ? ['unexpected'] : [])];
  const addresses = [difference.address, ...(difference.kind === 'unequal' ? [difference.rightAddress] : [])];
  const found = silence.find(
    (each) =>
      aspects.includes(each.aspect) &&
      addresses.some(
        (address) => each.address === address.kind || each.address === renderAddressKey(address),
      ),
  );
  return found === undefined ? '' : `\n    ${found.because}`;
}

/** A first run writes the file, and fails: it has to be read and judged before it is kept. */
function expectGolden(file: string, text: string): void {
  if (!existsSync(file)) {
    writeFileSync(file, text);
    throw new Error(`${file} is written: read it, and keep it if it is right`);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}
