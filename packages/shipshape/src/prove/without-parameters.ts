// withoutParameters: SQL without the storage parameters of indexes that a stand-in makes.
import { parseStatements } from '../postgres/parse-statements.ts';

const methods: readonly string[] = ['hnsw', 'ivfflat'];

/**
 * `WITH (m = 16)` of a `CREATE INDEX … USING hnsw` is blanked out, so that every other character stays where it was: which
 * parameters there are is known to C only. Storage parameters are not compared.
 */
export async function withoutParameters(sql: string): Promise<string> {
  if (!/\b(?:hnsw|ivfflat)\b/i.test(sql) || !/\bwith\b/i.test(sql)) return sql;
  const statements = await parseStatements(sql);
  // The server will say what is wrong with it.
  if ('message' in statements) return sql;
  let bytes: Buffer = Buffer.from(sql);
  for (const { node } of statements) {
    if (!('IndexStmt' in node)) continue;
    const { accessMethod = '', options = [] } = node.IndexStmt;
    const [first] = options;
    const location = first !== undefined && 'DefElem' in first ? first.DefElem.location : undefined;
    if (location !== undefined && methods.includes(accessMethod)) bytes = blankOut(bytes, location);
  }
  return bytes.toString('utf8');
}

/** The list that the byte at `inside` is in, from WITH to the closing parenthesis. */
function blankOut(bytes: Buffer, inside: number): Buffer {
  const [before, behind] = [bytes.subarray(0, inside), bytes.subarray(inside)];
  const opened = /\bwith\s*\(\s*$/i.exec(before.toString('latin1'));
  const closed = behind.indexOf(')');
  if (opened === null || closed === -1) return bytes;
  const end = inside + closed + 1;
  const blank = bytes.subarray(opened.index, end).map((byte) => (byte === 0x0a ? byte : 0x20));
  return Buffer.concat([bytes.subarray(0, opened.index), blank, bytes.subarray(end)]);
}
