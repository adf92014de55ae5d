// The environment of a command, with the file that was asked for. No .env is ever read unasked.
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { makeFinding, ShipshapeError } from '../report/index.ts';

/** What is set already wins over the file, as with `node --env-file`. Throws ShipshapeError `dotenv-unreadable`. */
export function readEnvironment(file: string | undefined, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (file === undefined) return env;
  try {
    return { ...parseEnv(readFileSync(file, 'utf8')), ...env };
  } catch (error) {
    const problem = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ShipshapeError([makeFinding('dotenv-unreadable', { file, problem })], { cause: error });
  }
}
