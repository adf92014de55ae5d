// Objects of the rarer kinds for tests, each with the least it can have.
import type {
  Collation,
  Comment,
  CompositeType,
  Domain,
  ExclusionConstraint,
  Extension,
  MaterializedView,
  Owner,
  Policy,
  Privilege,
  RangeType,
  Routine,
  Sequence,
  ThingAddress,
  Trigger,
  View,
} from '../../src/catalog/index.ts';
import { key } from './build.ts';

const schema = 'public';
const inTable = { schema, table: 't' };

export const extension = (over: Partial<Extension> = {}): Extension => ({
  kind: 'extension',
  name: 'citext',
  schema,
  version: '1.6',
  ...over,
});

export const view = (over: Partial<View> = {}): View => ({
  kind: 'view',
  schema,
  name: 'v',
  columns: [{ name: 'a', type: 'integer' }],
  definition: 'SELECT t.a FROM public.t',
  ...over,
});

export const materializedView = (over: Partial<MaterializedView> = {}): MaterializedView => ({
  kind: 'materialized view',
  schema,
  name: 'm',
  columns: [{ name: 'a', type: 'integer' }],
  definition: 'SELECT t.a FROM public.t',
  populated: true,
  ...over,
});

export const sequence = (over: Partial<Sequence> = {}): Sequence => ({
  kind: 'sequence',
  schema,
  name: 's',
  options: {},
  ...over,
});

export const domain = (over: Partial<Domain> = {}): Domain => ({
  kind: 'domain',
  schema,
  name: 'd',
  type: 'integer',
  nullable: true,
  default: null,
  checks: [],
  ...over,
});

export const composite = (over: Partial<CompositeType> = {}): CompositeType => ({
  kind: 'composite type',
  schema,
  name: 'c',
  attributes: [{ name: 'a', type: 'text' }],
  ...over,
});

export const range = (over: Partial<RangeType> = {}): RangeType => ({
  kind: 'range type',
  schema,
  name: 'r',
  subtype: 'text',
  multirange: 'public.r_multirange',
  ...over,
});

export const collation = (over: Partial<Collation> = {}): Collation => ({
  kind: 'collation',
  schema,
  name: 'k',
  provider: 'icu',
  locale: 'de',
  deterministic: true,
  ...over,
});

export const routine = (over: Partial<Routine> = {}): Routine => ({
  kind: 'routine',
  schema,
  name: 'f',
  arguments: 'a integer',
  form: 'function',
  returns: 'integer',
  definition: 'CREATE OR REPLACE FUNCTION public.f(a integer) …',
  ...over,
});

export const trigger = (over: Partial<Trigger> = {}): Trigger => ({
  kind: 'trigger',
  ...inTable,
  name: 'g',
  definition: 'CREATE TRIGGER g BEFORE INSERT ON public.t …',
  enabled: 'origin',
  ...over,
});

export const policy = (over: Partial<Policy> = {}): Policy => ({
  kind: 'policy',
  ...inTable,
  name: 'p',
  command: 'all',
  permissive: true,
  roles: ['PUBLIC'],
  using: null,
  withCheck: null,
  ...over,
});

export const exclusion = (over: Partial<ExclusionConstraint> = {}): ExclusionConstraint => ({
  kind: 'exclusion constraint',
  ...inTable,
  name: 'x',
  method: 'gist',
  elements: [{ key: key('a'), operator: '&&' }],
  predicate: null,
  deferrability: 'not deferrable',
  ...over,
});

const onTable: ThingAddress = { kind: 'table', schema, name: 't' };

export const comment = (text: string, on: ThingAddress = onTable): Comment => ({ kind: 'comment', on, text });

export const owner = (role: string, on: ThingAddress = onTable): Owner => ({ kind: 'owner', on, role });

export const privilege = (
  grantee: string,
  rights: readonly string[],
  on: ThingAddress = onTable,
): Privilege => ({ kind: 'privilege', on, grantee, rights });
