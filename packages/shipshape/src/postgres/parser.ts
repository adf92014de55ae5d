// loadParser: PostgreSQL's own parser.
import { createRequire } from 'node:module';

/**
 * From the first call on it is compiled beside what else is done: worth calling before there is anything to parse. Not
 * `import()`, for which the command, being no module, would have to set up Node's loader of modules.
 */
export function loadParser(): typeof import('libpg-query') {
  return createRequire(import.meta.url)('libpg-query');
}
