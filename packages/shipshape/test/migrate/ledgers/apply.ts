// The team's command: a tool of tools.ts, by its name, applies a folder to the database of DATABASE_URL.
import { tools } from './tools.ts';

const [, , name, folder = ''] = process.argv;
await tools.find((each) => each.name === name)?.apply(folder, process.env.DATABASE_URL ?? '');
