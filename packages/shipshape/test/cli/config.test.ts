// The configuration: where it is found, what wins, and what is said of its faults.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/cli/config.ts';
import type { Flags } from '../../src/cli/context.ts';
import { type Finding, ShipshapeError } from '../../src/report/index.ts';
import { makeFolder, type Project } from './shipshape-process.ts';

let project: Project;
beforeEach(() => {
  project = makeFolder();
});
afterEach(() => project.remove());

const write = (content: unknown, folder = project.folder) =>
  writeFileSync(
    join(folder, 'shipshape.config.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
  );
const read = (flags: Flags = {}, env: Record<string, string> = {}, cwd = project.folder) =>
  readConfig(cwd, env, flags);
const at = (...path: string[]) => join(project.folder, ...path);

function faults(work: () => unknown): readonly Finding[] {
  try {
    work();
  } catch (error) {
    if (error instanceof ShipshapeError) return error.findings;
    throw error;
  }
  return [];
}

describe('the file', () => {
  test('is found upward, and its paths are relative to its folder', () => {
    write({ application: 'calls', migrations: 'db/migrations', drizzle: ['a.ts', 'b/*.ts'] });
    mkdirSync(at('deep/er'), { recursive: true });
    expect(read({}, {}, at('deep/er'))).toMatchObject({
      root: project.folder,
      file: at('shipshape.config.json'),
      application: 'calls',
      migrations: at('db/migrations'),
      snapshot: at('db/migrations/shipshape.snapshot.json'),
      models: { drizzle: [at('a.ts'), at('b/*.ts')] },
      embedded: null,
      url: null,
    });
  });

  test('nearest wins over one further up', () => {
    write({ migrations: 'outer' });
    mkdirSync(at('inner'));
    write({ migrations: 'own' }, at('inner'));
    expect(read({}, {}, at('inner')).migrations).toBe(at('inner/own'));
  });

  test('may be missing: then the folders that were looked in are known, up to the root', () => {
    mkdirSync(at('deep'));
    const config = read({ migrations: 'm' }, {}, at('deep'));
    expect(config).toMatchObject({ file: null, root: at('deep'), migrations: at('deep/m') });
    expect(config.lookedIn.slice(0, 2)).toEqual([at('deep'), project.folder]);
    expect(config.lookedIn.at(-1)).toBe('/');
  });

  test('may begin with a byte order mark and name its schema', () => {
    write('\uFEFF{ "$schema": "x", "database": { "embedded": "calls" } }');
    expect(read().embedded).toBe('calls');
  });

  test('that is named must be there', () => {
    write({ migrations: 'm' });
    expect(faults(() => read({ config: 'other.json' }))).toMatchObject([
      { code: 'config-missing', exit: 2, what: 'there is no file other.json' },
    ]);
  });

  test('that is no JSON is not passed over', () => {
    write('{ "migrations": ');
    mkdirSync(at('inner'));
    expect(faults(() => read({}, {}, at('inner')))).toMatchObject([{ code: 'config-unreadable', exit: 2 }]);
  });

  test('that cannot be read is not passed over', () => {
    mkdirSync(at('shipshape.config.json'));
    expect(faults(() => read())).toMatchObject([{ code: 'config-unreadable', exit: 2 }]);
  });
});

describe('faults', () => {
  test('are told all at once, each with its path and what is expected', () => {
    write({ application: 7, migrations: '', drizzle: [], database: { embeded: 'calls' }, migration: 'x' });
    const told = faults(() => read()).map(({ what, because }) => `${what.split(': ')[1]}; ${because}`);
    expect(told.sort()).toEqual([
      '"application" is 7; expected is a text',
      '"database.embedded" is missing; expected is { "embedded": "<name>" }',
      '"drizzle" is an empty list; expected is one path or more',
      '"migrations" is an empty text; expected is a text that is not empty',
      'there is no field "database.embeded"; expected is one of embedded',
      expect.stringMatching(/^there is no field "migration"; expected is one of application, migrations, /),
    ]);
  });

  test('never repeat a text, which may be a connection string at the wrong place', () => {
    write({ database: 'postgres://app:s3cret@db/calls' });
    const told = faults(() => read());
    expect(told[0]?.what).toBe('shipshape.config.json: "database" is a text');
    expect(JSON.stringify(told)).not.toContain('s3cret');
  });

  test.each(['[]', 'null', '"migrations"'])('%s is no configuration', (content) => {
    write(content);
    expect(faults(() => read())).toMatchObject([{ code: 'config-invalid', exit: 2 }]);
  });
});

describe('what wins', () => {
  const env = {
    SHIPSHAPE_APPLICATION: 'env',
    SHIPSHAPE_MIGRATIONS: 'env/migrations',
    SHIPSHAPE_SNAPSHOT: 'env/snapshot.json',
    SHIPSHAPE_DRIZZLE: 'env/a.ts, env/b.ts',
    SHIPSHAPE_EMBEDDED: 'env',
    SHIPSHAPE_SCRATCH_URL: 'postgres://env/scratch',
    DATABASE_URL: 'postgres://env/db',
  };
  const flags: Flags = {
    application: 'flag',
    migrations: 'flag/migrations',
    snapshot: 'flag/snapshot.json',
    drizzle: ['flag/a.ts'],
    embedded: 'flag',
    scratch: 'postgres://flag/scratch',
    url: 'postgres://flag/db',
  };
  const file = {
    application: 'file',
    migrations: 'file/migrations',
    snapshot: 'file/snapshot.json',
    drizzle: 'file/a.ts',
    database: { embedded: 'file' },
    scratch: 'postgres://file/scratch',
  };

  test('a variable wins over the file, and its paths are relative to the current folder', () => {
    write(file);
    mkdirSync(at('here'));
    expect(read({}, env, at('here'))).toMatchObject({
      application: 'env',
      migrations: at('here/env/migrations'),
      snapshot: at('here/env/snapshot.json'),
      models: { drizzle: [at('here/env/a.ts'), at('here/env/b.ts')] },
      embedded: 'env',
      scratch: 'postgres://env/scratch',
      url: 'postgres://env/db',
    });
  });

  test('a flag wins over both', () => {
    write(file);
    expect(read(flags, env)).toMatchObject({
      application: 'flag',
      migrations: at('flag/migrations'),
      snapshot: at('flag/snapshot.json'),
      models: { drizzle: [at('flag/a.ts')] },
      embedded: 'flag',
      scratch: 'postgres://flag/scratch',
      url: 'postgres://flag/db',
    });
  });

  test('an empty variable says nothing', () => {
    write(file);
    const empty = Object.fromEntries(Object.keys(env).map((name) => [name, '']));
    expect(read({}, empty)).toMatchObject({ migrations: at('file/migrations'), embedded: 'file', url: null });
  });

  test('SHIPSHAPE_CONFIG names the file, and --config wins over it', () => {
    writeFileSync(at('one.json'), JSON.stringify({ application: 'one' }));
    writeFileSync(at('two.json'), JSON.stringify({ application: 'two' }));
    expect(read({}, { SHIPSHAPE_CONFIG: 'one.json' }).application).toBe('one');
    expect(read({ config: 'two.json' }, { SHIPSHAPE_CONFIG: 'one.json' }).application).toBe('two');
  });
});
