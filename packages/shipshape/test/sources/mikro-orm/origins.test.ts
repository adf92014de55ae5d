// An entity gains one column: its address appears, with the file and line that declare it, however the entity is written.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addressOf, type Declaration, renderAddressKey } from '../../../src/catalog/index.ts';
import { mikroOrm } from '../../../src/sources/mikro-orm/index.ts';
import { makeProject } from '../drizzle/project.ts';

const project = {
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
  'mikro-orm.config.ts': `import { defineConfig } from '@mikro-orm/postgresql';
export default defineConfig({
  dbName: 'calls',
  entities: ['dist/entities/*.js'],
  entitiesTs: ['src/entities/*.ts'],
});
`,
  'src/columns.ts': `import { p } from '@mikro-orm/core';

export const stamps = {
  startedAt: p.datetime().nullable(),
};
export function owned() {
  const properties = {
    ownerId: p.integer().nullable(),
  };
  return properties;
}
`,
  'src/embeddables.ts': `import { defineEntity, EntitySchema, p } from '@mikro-orm/core';

export const Geo = defineEntity({
  name: 'Geo',
  embeddable: true,
  properties: {
    latitude: p.double(),
  },
});
export const Party = new EntitySchema({
  name: 'Party',
  embeddable: true,
  properties: {
    number: { type: 'string' },
    place: { kind: 'embedded', entity: 'Geo', nullable: true },
  } as never,
});
`,
  'src/entities/call.ts': `import { defineEntity, EntitySchema, p } from '@mikro-orm/core';
import { owned, stamps } from '@/columns';
import { Geo, Party } from '../embeddables';

export const Base = new EntitySchema({
  name: 'Base',
  abstract: true,
  properties: {
    id: { type: 'integer', primary: true },
  } as never,
});
export const Call = new EntitySchema({
  name: 'Call',
  extends: 'Base',
  properties: {
    direction: { type: 'string' },
    from: { kind: 'embedded', entity: 'Party', prefix: 'from_' },
    tags: { kind: 'm:n', entity: 'Tag', owner: true },
  } as never,
});
export const Tag = defineEntity({
  name: 'Tag',
  properties: {
    slug: p.string().primary(),
    ...stamps,
    ...owned(),
  },
});
export const Leg = defineEntity({
  name: 'Leg',
  properties: (p) => ({
    id: p.integer().primary(),
    place: () => p.embedded(Geo).object(),
  }),
});
export { Geo, Party };
`,
};

const added = (file: string, before: string, line: string) => ({ file, before, line });
const cases = {
  'in an EntitySchema': [
    added('src/entities/call.ts', "    direction: { type: 'string' },", "    endReason: { type: 'string' },"),
    'public.call.end_reason',
  ],
  'in what it extends': [
    added(
      'src/entities/call.ts',
      "    id: { type: 'integer', primary: true },",
      "    tenantKey: { type: 'uuid' },",
    ),
    'public.call.tenant_key',
  ],
  'in an embeddable': [
    added('src/embeddables.ts', "    number: { type: 'string' },", "    displayName: { type: 'string' },"),
    'public.call.from_display_name',
  ],
  'in an embeddable of an embeddable': [
    added('src/embeddables.ts', '    latitude: p.double(),', '    longitude: p.double(),'),
    'public.call.from_place_longitude',
  ],
  'in defineEntity': [
    added('src/entities/call.ts', '    slug: p.string().primary(),', '    label: p.string(),'),
    'public.tag.label',
  ],
  'in a function of properties': [
    added(
      'src/entities/call.ts',
      '    place: () => p.embedded(Geo).object(),',
      '    call: () => p.manyToOne(Call),',
    ),
    'public.leg.call_id',
  ],
  'in a spread constant': [
    added('src/columns.ts', '  startedAt: p.datetime().nullable(),', '  endedAt: p.datetime(),'),
    'public.tag.ended_at',
  ],
  'in a spread helper': [
    added('src/columns.ts', '    ownerId: p.integer().nullable(),', '    teamId: p.integer(),'),
    'public.tag.team_id',
  ],
} as const;

const packages = ['@mikro-orm'];

async function declare(root: string): Promise<Declaration> {
  return mikroOrm({ config: 'mikro-orm.config.ts', root }).declare({ origins: true });
}

function keysOf({ catalog }: Declaration): readonly string[] {
  return catalog.objects.map((object) => renderAddressKey(addressOf(object)));
}

test.each(Object.entries(cases))('a column added %s', async (_where, [{ file, before, line }, name]) => {
  const known = keysOf(await declare(makeProject(project, packages)));
  const root = makeProject(project, packages);
  const path = join(root, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(before, `${before}\n${line}`));
  const declaration = await declare(root);
  expect(keysOf(declaration).filter((key) => !known.includes(key))).toContain(`column ${name}`);
  const origin = declaration.origin[`column ${name}`]!;
  expect(origin.file).toBe(file);
  expect(readFileSync(path, 'utf8').split('\n')[origin.line - 1]).toBe(line);
});

const decorated = {
  'tsconfig.json':
    '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true, "target": "ES2022", "useDefineForClassFields": false } }',
  'mikro-orm.config.ts': `import { defineConfig } from '@mikro-orm/postgresql';
import { Call } from './call.entity';
export default async () => defineConfig({ dbName: 'calls', entities: [Call] });
`,
  'base.ts': `import { Embeddable, PrimaryKey, Property } from '@mikro-orm/core';

export abstract class Base {
  @PrimaryKey()
  id!: number;
}
type Constructor = abstract new (...given: any[]) => object;
export function Stamped<Of extends Constructor>(of: Of) {
  abstract class StampedOf extends of {
    @Property({ type: 'datetime' })
    startedAt!: Date;
  }
  return StampedOf;
}
@Embeddable()
export class Party {
  @Property()
  number!: string;
}
`,
  'call.entity.ts': `import { Embedded, Entity, Property } from '@mikro-orm/core';
import { Base, Party, Stamped } from './base';

@Entity()
export class Call extends Stamped(Base) {
  @Property()
  direction!: string;

  @Embedded(() => Party, { prefix: 'from_' })
  from!: Party;
}
`,
};

test.each([
  ['in a class', 'call.entity.ts', '  direction!: string;', 'endReason', 'public.call.end_reason'],
  ['in a base class', 'base.ts', '  id!: number;', 'tenantKey', 'public.call.tenant_key'],
  ['in a mixin', 'base.ts', '    startedAt!: Date;', 'endedBy', 'public.call.ended_by'],
  ['in an embeddable', 'base.ts', '  number!: string;', 'displayName', 'public.call.from_display_name'],
] as const)('a decorated property %s', async (_where, file, before, property, name) => {
  const line = `  ${property}!: string;`;
  const text = decorated[file].replace(before, `${before}\n  @Property({ type: 'text' })\n${line}`);
  const { origin } = await declare(makeProject({ ...decorated, [file]: text }, packages));
  const place = text.split('\n').indexOf(line) + 1;
  expect(origin[`column ${name}`]).toEqual({ file, line: place });
});

test('the table of a collection stands where the collection is', async () => {
  const { origin } = await declare(makeProject(project, packages));
  const lines = project['src/entities/call.ts'].split('\n');
  const place = (needle: string) => ({
    file: 'src/entities/call.ts',
    line: lines.findIndex((each) => each.includes(needle)) + 1,
  });
  expect(origin['table public.call_tags']).toEqual(place('    tags:'));
  expect(origin['column public.call_tags.tag_slug']).toEqual(place('    tags:'));
  expect(origin['table public.call']).toEqual(place('Call = new'));
});
