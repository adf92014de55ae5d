// The database of the story before the incident: a tenant, a key, and 20,000 calls of the last thirty days.
import { createHash } from 'node:crypto';
import pg from 'pg';

export const tenant = {
  number: '+15005550006',
  accountSid: `AC${'5'.repeat(32)}`,
  apiKey: 'incident-demo-key',
} as const;

/** Returns how many calls there are. */
export async function fillWithCalls(url: string, calls: number): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ id: number }>(
      'insert into business (name, account_sid) values ($1, $2) returning id',
      ['The shop of the story', tenant.accountSid],
    );
    const business = rows[0]?.id;
    await client.query('insert into business_number (business_id, number) values ($1, $2)', [
      business,
      tenant.number,
    ]);
    await client.query('insert into business_settings (business_id, timezone) values ($1, $2)', [
      business,
      'Asia/Jerusalem',
    ]);
    await client.query(
      "insert into api_key (business_id, name, key_hash, role) values ($1, 'demo', $2, 'viewer')",
      [business, createHash('sha256').update(tenant.apiKey).digest('hex')],
    );
    await client.query(
      `insert into call_log (business_id, call_sid, from_number, to_number, direction, status, duration, created_at, updated_at)
       select $1, 'CA' || md5(n::text), '+1500555' || lpad((n % 10000)::text, 4, '0'), $2, 'inbound', 'completed', n % 600, at, at
       from generate_series(1, $3::int) n, lateral (select (now() at time zone 'utc') - n * interval '2 minutes' as at) t`,
      [business, tenant.number, calls],
    );
    const counted = await client.query<{ count: string }>('select count(*) from call_log');
    return Number(counted.rows[0]?.count);
  });
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
