// Lines of what was emitted, and the lines they were written on.
import { SourceMap } from 'node:module';

const maps = new Map<string, string>();

/** `map`: of the JavaScript that a file was emitted as, as JSON. */
export function keepSourceMap(file: string, map: string): void {
  maps.set(file, map);
}

/** The line of the file that a line of its JavaScript comes from; the same where nothing else is known. */
export function writtenLine(file: string, line: number, column: number): number {
  const map = maps.get(file);
  if (map === undefined) return line;
  const entry = new SourceMap(JSON.parse(map)).findEntry(line - 1, column - 1);
  return 'originalLine' in entry ? entry.originalLine + 1 : line;
}
