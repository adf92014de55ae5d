// The files of mutations/: a schema, and changes of it by one aspect each, with what a comparison says of them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * A file is SQL. What stands before the first `--- title` is set up; a title's SQL is run on a copy of that, and each line
 * `--> …` behind it is one difference. No such line: the two are the same. A title may end in `(from PostgreSQL 15)`, and
 * a whole file may begin so.
 */
export interface Mutation {
  readonly title: string;
  /** The first version that can do it. */
  readonly from: number;
  readonly sql: string;
  readonly expected: readonly string[];
}

export interface MutationFile {
  readonly name: string;
  readonly from: number;
  readonly setUp: string;
  readonly mutations: readonly Mutation[];
}

const folder = new URL('mutations/', import.meta.url);
const version = /from PostgreSQL (\d+)/;

export function readMutations(): readonly MutationFile[] {
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const [setUp = '', ...blocks] = readFileSync(new URL(file, folder), 'utf8').split(/^--- /m);
      return { name: file.replace('.sql', ''), from: versionIn(setUp), setUp, mutations: blocks.map(parse) };
    });
}

function parse(block: string): Mutation {
  const [title = '', ...lines] = block.split('\n');
  const isExpected = (line: string) => line.startsWith('--> ');
  return {
    title,
    from: versionIn(title),
    sql: lines.filter((line) => !isExpected(line)).join('\n'),
    expected: lines.filter(isExpected).map((line) => line.slice('--> '.length)),
  };
}

function versionIn(text: string): number {
  return Number(version.exec(text)?.[1] ?? 14);
}

/** To be read by people before it is kept. */
export function writeMutations({ name, setUp, mutations }: MutationFile): void {
  const blocks = mutations.map(
    ({ title, sql, expected }) =>
      `--- ${title}\n${sql.trim()}\n${expected.map((line) => `--> ${line}\n`).join('')}`,
  );
  writeFileSync(new URL(`${name}.sql`, folder), `${[`${setUp.trim()}\n`, ...blocks].join('\n')}`);
}
