// Codes of Prisma schemas.
import { defineCode } from '../code.ts';

export function prismaCodes() {
  return {
    'prisma-schema-invalid': defineCode<{ place: string; message: string }>({
      severity: 'error',
      exit: 2,
      title: 'Prisma does not accept its schema.',
      explain:
        'The schema is read by the schema engine of Prisma 7, which takes what Prisma 6 and 7 take. What it says is passed on word for word, each with its line. Nothing is read from a schema with an error: a table that was left out would look like one that nobody declares.',
      what: ({ place, message }) => `${place}: ${message}`,
      because: () => "Prisma's own engine refuses the schema",
      do: ({ place }) => `correct ${place}: \`npx prisma validate\` says the same`,
    }),
    'prisma-datasource': defineCode<{ place: string; provider: string | null }>({
      severity: 'error',
      exit: 2,
      title: 'The datasource of the Prisma schema is not PostgreSQL.',
      explain:
        'Shipshape compares with PostgreSQL only. The provider of the datasource says which database the models are for; without a datasource, or with another provider, their types mean something else.',
      what: ({ place, provider }) =>
        provider === null ? `${place} has no datasource` : `${place}: the datasource is for ${provider}`,
      because: () => 'what a model builds depends on the kind of database',
      do: ({ provider }) =>
        provider === null
          ? 'name the folder or the file that has the block `datasource db { provider = "postgresql" }`'
          : 'name the schema whose datasource says provider = "postgresql"',
    }),
    'prisma-engine-missing': defineCode<{ engine: string; version: string }>({
      severity: 'error',
      exit: 2,
      title: "Prisma's schema engine is not installed.",
      explain:
        'What a Prisma schema builds is said by Prisma itself: its schema engine, as WebAssembly, prints it without a database and without a network. The copy inside the package `prisma` cannot be called from outside, so this one is installed beside it, whichever version of Prisma the project uses. Its calls are internal to Prisma: exactly one version is read.',
      what: ({ engine }) => `${engine} is not installed`,
      because: () => "a Prisma schema is read by Prisma's own engine",
      do: ({ engine, version }) => `npm install --save-exact ${engine}@${version}`,
    }),
  } as const;
}
