// The PostgreSQL versions that tests run on: 18 of the root install, and 14 to 17 of `matrix/`, where that is installed.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';

export const majors = [14, 15, 16, 17, 18] as const;

/** `npm run test:long` */
export const isLong = process.env.SHIPSHAPE_LONG !== undefined;

/** For what takes minutes: the newest, and the oldest as well in a long run. */
export const longVersions: readonly number[] = isLong ? [14, 18] : [18];

/** The package with the binaries of a version, for `startScratchServer`; undefined for 18, which is at hand. */
export function binariesOf(major: number): string | undefined {
  if (major === 18) return undefined;
  return fileURLToPath(new URL(`../../../../matrix/node_modules/postgres-${major}`, import.meta.url));
}

/**
 * Tests on each version. One that is not installed is told as skipped, with what to do about it; in CI that fails, since
 * CI installs them all.
 */
export function onEveryVersion(define: (major: number) => void, of: readonly number[] = majors): void {
  for (const major of of) {
    const binaries = binariesOf(major);
    if (binaries === undefined || existsSync(binaries)) describe(`PostgreSQL ${major}`, () => define(major));
    else
      test(`PostgreSQL ${major}`, (context) => {
        const act = 'not installed: npm run matrix:install';
        if (process.env.CI !== undefined) throw new Error(act);
        context.skip(act);
      });
  }
}
