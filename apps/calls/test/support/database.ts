// A real database with the service's schema, for one test file.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startScratchServer } from 'shipshape-embedded';
import { type Database, openDatabase } from '../../src/db/client.ts';
import { business, businessNumber, businessSettings } from '../../src/db/schema.ts';

const migrations = join(import.meta.dirname, '../../migrations');

export interface TestServer {
  /** A database of its own, with all migrations applied (or those up to `last`, such as `0050`). */
  readonly makeDatabase: (last?: string) => Promise<TestDatabase>;
  readonly stop: () => Promise<void>;
}

export interface TestDatabase extends Database {
  readonly url: string;
}

/** Applies the files one after another, each in a transaction. */
export async function applyMigrations(url: string, last = '9999'): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const names = readdirSync(migrations).filter((name) => /^\d{4}_\w+\.sql$/.test(name));
    for (const name of names.sort().filter((each) => each.slice(0, 4) <= last)) {
      await client.query(`begin; ${readFileSync(join(migrations, name), 'utf8')} commit;`);
    }
  } finally {
    await client.end();
  }
}

export async function startTestServer(settings: Record<string, string> = {}): Promise<TestServer> {
  const server = await startScratchServer({ settings });
  const opened: Database[] = [];
  return {
    async makeDatabase(last) {
      const url = await server.createDatabase();
      await applyMigrations(url, last);
      const database = openDatabase(url, (error) => {
        throw error;
      });
      opened.push(database);
      return { ...database, url };
    },
    async stop() {
      await Promise.all(opened.map((database) => database.close()));
      await server.stop();
    },
  };
}

export interface TestTenant {
  readonly businessId: number;
  readonly number: string;
}

export async function makeTenant(
  { db }: Database,
  tenant: { number: string; accountSid?: string; timezone?: string; recordCalls?: boolean },
): Promise<TestTenant> {
  const { number, accountSid = null, timezone = 'Asia/Jerusalem', recordCalls = false } = tenant;
  const [made] = await db
    .insert(business)
    .values({ name: `Business of ${number}`, accountSid })
    .returning({ id: business.id });
  const businessId = made!.id;
  await db.insert(businessNumber).values({ businessId, number });
  await db.insert(businessSettings).values({ businessId, timezone, recordCalls });
  return { businessId, number };
}
