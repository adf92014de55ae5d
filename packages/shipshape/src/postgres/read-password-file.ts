// The password file (~/.pgpass) as libpq reads it.
import { readFileSync, statSync } from 'node:fs';
import type { Secret, Target } from './target.ts';

export interface PasswordFileAnswer {
  readonly password: Secret | null;
  /** Why the file, which is there, was not read. */
  readonly ignored: string | null;
}

/** Directories that libpq counts as "the" socket directory; the file says `localhost` for them (manual 32.16). */
const defaultSocketDirectories = ['/var/run/postgresql', '/run/postgresql', '/tmp'];

/**
 * The first line that fits host, port, database and user. A file that others may read is ignored, as is one that is
 * no plain file (manual 32.16). A file that is not there answers nothing.
 */
export function readPasswordFile(
  file: string,
  target: Pick<Target, 'host' | 'port' | 'database' | 'user'>,
): PasswordFileAnswer {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return { password: null, ignored: null };
  if (!stat.isFile()) return { password: null, ignored: `${file} is not a plain file` };
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
    return { password: null, ignored: `${file} may be read by others (chmod 0600 ${file})` };
  const host = defaultSocketDirectories.includes(target.host) ? 'localhost' : target.host;
  const wanted = [host, String(target.port), target.database, target.user];
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return { password: null, ignored: `${file} cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
  for (const line of text.split(/\r?\n/)) {
    const password = matchLine(line, wanted);
    if (password !== null) return { password: () => password, ignored: null };
  }
  return { password: null, ignored: null };
}

function matchLine(line: string, wanted: readonly string[]): string | null {
  let rest = line;
  for (const value of wanted) {
    const field = /^((?:[^:\\]|\\.)*):/s.exec(rest);
    if (field === null) return null;
    if (field[1] !== '*' && withoutEscapes(field[1] as string) !== value) return null;
    rest = rest.slice(field[0].length);
  }
  const password = /^(?:[^:\\]|\\.)*/s.exec(rest)?.[0] ?? '';
  return password === '' ? null : withoutEscapes(password);
}

function withoutEscapes(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}
