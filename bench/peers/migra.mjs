// migra: the database against itself.
import { run } from '@pgkit/migra';

const url = process.env.DATABASE_URL;
// A second address, since its client refuses two of one.
await run(url, `${url}&application_name=other`, { unsafe: true });
process.exit(0);
