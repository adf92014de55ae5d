// describe: a table or view of the live database, for where there is no psql.
import { renderAddress } from '../../catalog/index.ts';
import { nameDistance } from '../../compare/similar-name.ts';
import { readCatalog } from '../../introspect/read-catalog.ts';
import type { Reading } from '../../introspect/reading.ts';
import { connect } from '../../postgres/connect.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { readConfig } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { findDescribed, isDescribed, renderDescribed } from '../description.ts';
import { openDatabase } from '../open-database.ts';
import { parseTableName, type TableName } from '../table-name.ts';

/** All tables and views of that name; of one schema when it is named. Throws ShipshapeError `table-not-found`. */
export async function run(context: Context, table: string): Promise<Outcome> {
  const asked = parseTableName(table);
  const database = await openDatabase(readConfig(context.cwd, context.env, context.flags), context);
  try {
    const session = await connect(database.target, { applicationName: 'shipshape:describe' });
    try {
      const reading = await readCatalog(session, { tableNames: [asked.name] });
      const tables = findDescribed(reading.catalog, asked);
      if (tables.length === 0) {
        const near = findSimilar(await readCatalog(session), asked);
        const target = database.target.display;
        throw new ShipshapeError([makeFinding('table-not-found', { table, target, near })]);
      }
      return {
        exit: 0,
        text: tables.map((each) => renderDescribed(each, { hidden: reading.server.searchPath })).join('\n\n'),
        json: { version: 1, tables },
      };
    } finally {
      await session.close();
    }
  } finally {
    await database.leave();
  }
}

function findSimilar({ catalog, server }: Reading, { name }: TableName): readonly string[] {
  return catalog.objects
    .filter(isDescribed)
    .filter((object) => nameDistance(object.name, name) !== null)
    .map(({ schema, name: near }) => renderAddress({ kind: 'table', schema, name: near }, server.searchPath));
}
