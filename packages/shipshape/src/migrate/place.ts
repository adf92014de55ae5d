// Places in migration files as people click them: `migrations/0051_call_log_cost_metrics.sql:7`.
import { isAbsolute, relative } from 'node:path';
import type { Place } from '../report/index.ts';
import type { Migration } from './migration.ts';

/** Relative to the current folder where the file is below it. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}

export function displayPlace(migration: Migration, line: number | null): string {
  return `${displayPath(migration.file)}${line === null ? '' : `:${line}`}`;
}

/** What a finding about this line of this migration carries. */
export function placeOf(migration: Migration, line: number | null): Place {
  return {
    migration: migration.id,
    ...(line === null ? {} : { origin: { file: displayPath(migration.file), line } }),
  };
}
