// Sequences of drizzle: those that stand by themselves, and the options of those of identity columns.
import type { PgSequence, PgSequenceOptions } from 'drizzle-orm/pg-core';
import { cutIdentifier, type Sequence, type SequenceOptions } from '../../catalog/index.ts';

export function readSequence({ seqName, seqOptions, schema }: PgSequence): Sequence {
  return {
    kind: 'sequence',
    schema: schema ?? 'public',
    name: cutIdentifier(seqName ?? ''),
    options: sequenceOptions(seqOptions ?? {}),
  };
}

export function sequenceOptions(options: PgSequenceOptions): SequenceOptions {
  const { startWith, increment, minValue, maxValue, cache, cycle } = options;
  const text = <Name extends string>(name: Name, value: number | string | undefined) =>
    value === undefined ? {} : { [name]: String(value) };
  return {
    ...text('start', startWith),
    ...text('increment', increment),
    ...text('min', minValue),
    ...text('max', maxValue),
    ...text('cache', cache),
    ...(cycle === true ? { cycle } : {}),
  };
}
