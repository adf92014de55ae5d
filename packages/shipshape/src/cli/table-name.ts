// A table's name as it is typed after `describe`.
import { makeFinding, ShipshapeError } from '../report/index.ts';

export interface TableName {
  readonly schema: string | null;
  readonly name: string;
}

/** `call_log`, `public.call_log`, `"Odd.Name"`; unquoted names are folded to lower case, as SQL does. */
export function parseTableName(text: string): TableName {
  const part = `(?:"((?:[^"]|"")+)"|([^".]+))`;
  const match = new RegExp(`^(?:${part}\\.)?${part}$`).exec(text.trim());
  if (match === null)
    throw new ShipshapeError([
      makeFinding('usage-wrong', {
        fault: `"${text}" is no name of a table`,
        help: 'npx shipshape describe schema.table',
      }),
    ]);
  const [, quotedSchema, plainSchema, quotedName, plainName] = match;
  const read = (quoted: string | undefined, plain: string | undefined) =>
    quoted?.replaceAll('""', '"') ?? plain?.toLowerCase() ?? null;
  return { schema: read(quotedSchema, plainSchema), name: read(quotedName, plainName) as string };
}
