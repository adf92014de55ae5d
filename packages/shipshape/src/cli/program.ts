// The command line: commands, flags, help. What a command needs is loaded when it is asked for.
import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { folderFormats } from '../migrate/folder.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Context, Flags, Outcome } from './context.ts';
import { helpAfter } from './help-after.ts';
import { type FleetOptions, parseFleetFlags } from './migrate-flags.ts';
import { modelKinds } from './model-kinds.ts';
import { parseTenantFlags, type TenantOptions } from './tenant-flags.ts';

export interface ParsedCommand {
  readonly flags: Flags;
  run(context: Context): Promise<Outcome>;
}

/** Null when help or the version was asked for and given. Throws ShipshapeError `usage-wrong`. */
export async function parseCommandLine(
  argv: readonly string[],
  print: { readonly result: (text: string) => void; readonly talk: (text: string) => void },
): Promise<ParsedCommand | null> {
  let chosen: ((context: Context) => Promise<Outcome>) | null = null;
  const program = makeProgram((run) => {
    chosen = run;
  });
  let fault = '';
  const configure = (command: Command) =>
    command.exitOverride().configureOutput({
      writeOut: (text) => print.result(text.trimEnd()),
      writeErr: (text) => {
        fault += text;
      },
    });
  for (const command of [program, ...program.commands]) configure(command);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    if (error.code === 'commander.help') {
      // Called without a command: the help is what helps, and nothing was done.
      print.talk(fault.trimEnd());
      process.exitCode = 2;
      return null;
    }
    throw explainUsage(fault, error);
  }
  const run = chosen as ((context: Context) => Promise<Outcome>) | null;
  if (run === null) throw new Error('a command line was accepted without a command');
  return { flags: program.opts<Flags>(), run };
}

function explainUsage(written: string, error: CommanderError): ShipshapeError {
  const [first = error.message, ...more] = written.trim().split('\n');
  const fault = [first.replace(/^error: /, ''), ...more].join(' ').trim();
  const near = /Did you mean ([\w-]+)\?/.exec(fault)?.[1];
  const help =
    near === undefined ? 'npx shipshape --help' : `npx shipshape ${near.startsWith('-') ? '--help' : near}`;
  return new ShipshapeError([makeFinding('usage-wrong', { fault, help })], { cause: error });
}

function makeProgram(choose: (run: (context: Context) => Promise<Outcome>) => void): Command {
  const program = new Command('shipshape')
    .description('Never ship code ahead of its schema: code, migrations and database, kept in agreement.')
    .version(readVersion())
    .option('--json', 'print the result as JSON, versioned')
    .option('--config <file>', 'shipshape.config.json; without it, found upward from the current folder')
    // Not `--env-file`: Node 20 takes that for itself wherever it stands, and ends with 9 when the file is missing.
    .option('--dotenv <file>', 'read variables from a file such as .env; none is read unasked')
    .option('--url <address>', 'the database, as psql understands it; wins over DATABASE_URL')
    .option('--migrations <folder>', 'the folder of migrations, ours or of another tool')
    .addOption(
      new Option(
        '--migrations-format <format>',
        'whose folder it is; told by what lies in it when left out',
      ).choices(['auto', ...folderFormats]),
    )
    .option(
      '--replay <command>',
      'for migrations that are programs, or a runner that is kept: what applies those of --migrations to the database of DATABASE_URL',
    )
    .option('--replay-timeout <seconds>', 'how long that may take; 120, and for migrate 3600, when left out')
    .option(
      '--app-role <role>',
      'the role that the application connects as, where it is not the one that migrates: status and init print the GRANTs that it lacks',
    )
    .option('--ledger <table>', 'where another tool keeps what it has applied; its usual table when left out')
    .option('--snapshot <file>', 'the snapshot; without it, shipshape.snapshot.json beside the migrations')
    .option('--embedded <name>', "the database of the project's embedded PostgreSQL")
    .option('--scratch <address>', 'a server for throwaway databases, in place of the embedded one')
    .option('--application <name>', 'what the application is called in messages')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', helpAfter);
  for (const { flag, argument, help } of modelKinds) program.option(`--${flag} <${argument}>`, help, collect);

  ofTenants(program.command('migrate'))
    .description('apply pending migrations, while the application serves')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option(
      '--wait <seconds>',
      'how long to wait for another runner, and for locked tables',
      parseSeconds,
      60,
    )
    .option('--to <migration>', 'the last one to apply, by its name or its number')
    .option('--allow-out-of-order', 'apply what was passed over, too: a later migration is applied already')
    .option('--canary <tenants>', 'how many first: when one fails no other is begun; 1 when left out')
    .addOption(
      new Option('--on-failure <policy>', 'after one that failed; stop when left out').choices([
        'stop',
        'continue',
      ]),
    )
    .action((options: MigrateOptions) =>
      choose(async (context) =>
        (await import('./commands/migrate.ts')).run(context, {
          dryRun: options.dryRun === true,
          wait: options.wait,
          to: options.to,
          allowOutOfOrder: options.allowOutOfOrder === true,
          fleet: parseFleetFlags(options, context.flags.url),
        }),
      ),
    );
  program
    .command('down')
    .description(
      'undo the newest migration, by its file that ends in .down.sql or its section for the way down',
    )
    .option('--dry-run', 'say what would be done, and do nothing')
    .option(
      '--wait <seconds>',
      'how long to wait for another runner, and for locked tables',
      parseSeconds,
      60,
    )
    .option('--to <migration>', 'undo all that come after this one')
    .action((options: { dryRun?: boolean; wait: number; to?: string }) =>
      choose(async (context) =>
        (await import('./commands/down.ts')).run(context, {
          dryRun: options.dryRun === true,
          wait: options.wait,
          to: options.to,
        }),
      ),
    );
  program
    .command('repair')
    .description('bring back what applied migrations made and hands have changed; shows the plan first')
    .option('--plan <name>', 'carry out the plan of that name, which repair without it has shown')
    .option(
      '--wait <seconds>',
      'how long to wait for another runner, and for locked tables',
      parseSeconds,
      60,
    )
    .action((options: { plan?: string; wait: number }) =>
      choose(async (context) =>
        (await import('./commands/repair.ts')).run(context, { plan: options.plan, wait: options.wait }),
      ),
    );
  program
    .command('baseline')
    .description('mark files as applied in a database that was built otherwise, once it has what they make')
    .argument('<migration>', 'the last one to mark, by its name or its number')
    .option('--dry-run', 'verify, say what would be marked, and mark nothing')
    .option('--wait <seconds>', 'how long to wait for another runner', parseSeconds, 60)
    .action((migration: string, options: { dryRun?: boolean; wait: number }) =>
      choose(async (context) =>
        (await import('./commands/baseline.ts')).run(context, migration, {
          dryRun: options.dryRun === true,
          wait: options.wait,
        }),
      ),
    );
  program
    .command('adopt')
    .description("mark as applied what another tool's ledger says is, once the database has what it makes")
    .option('--dry-run', 'verify, say what would be marked, and mark nothing')
    .option('--wait <seconds>', 'how long to wait for another runner', parseSeconds, 60)
    .action((options: { dryRun?: boolean; wait: number }) =>
      choose(async (context) =>
        (await import('./commands/adopt.ts')).run(context, {
          dryRun: options.dryRun === true,
          wait: options.wait,
        }),
      ),
    );
  ofTenants(program.command('verify'))
    .description('does the database have what the code needs, and what its migrations made?')
    .action((options: TenantOptions) =>
      choose(async (context) =>
        (await import('./commands/verify.ts')).run(
          context,
          parseTenantFlags(options, context.flags.url, 'verify'),
        ),
      ),
    );
  program
    .command('check')
    .description('do the migrations build what the code declares? For CI: needs no database')
    .action(() => choose(async (context) => (await import('./commands/check.ts')).run(context)));
  program
    .command('diff')
    .description('in what two sides differ, of whatever kind they are')
    .argument('<from>', 'models, migrations:<folder>, url:<address>, sql:<file,…> or snapshot:<file>')
    .argument('<to>', 'the same; url, migrations and snapshot alone are those of flags and configuration')
    .action((from: string, to: string) =>
      choose(async (context) => (await import('./commands/diff.ts')).run(context, { from, to })),
    );
  program
    .command('snapshot')
    .description('write the snapshot beside the migrations; commit it')
    .action(() => choose(async (context) => (await import('./commands/snapshot.ts')).run(context)));
  ofTenants(program.command('status'))
    .description('which migrations are applied here, which are not, and which GRANTs are missing')
    .action((options: TenantOptions) =>
      choose(async (context) =>
        (await import('./commands/status.ts')).run(
          context,
          parseTenantFlags(options, context.flags.url, 'status'),
        ),
      ),
    );
  program
    .command('describe')
    .description('a table or view of the live database, as \\d+ of psql')
    .argument('<table>', 'its name, with or without the schema')
    .action((table: string) =>
      choose(async (context) => (await import('./commands/describe.ts')).run(context, table)),
    );
  program
    .command('url')
    .description('the connection string of the database, password and all: psql "$(npx shipshape url)"')
    .action(() => choose(async (context) => (await import('./commands/url.ts')).run(context)));
  program
    .command('explain')
    .description('what a code of a finding means; without one, all codes')
    .argument('[code]')
    .action((code: string | undefined) =>
      choose(async () => (await import('./commands/explain.ts')).run(code)),
    );
  program
    .command('init')
    .description('write a starting shipshape.config.json; never overwrites one')
    .action(() => choose(async (context) => (await import('./commands/init.ts')).run(context)));
  return program;
}

interface MigrateOptions extends FleetOptions {
  readonly dryRun?: boolean;
  readonly wait: number;
  readonly to?: string;
  readonly allowOutOfOrder?: boolean;
}

function ofTenants(command: Command): Command {
  return command
    .option('--each-schema <pattern>', "each schema of that name by itself: 'tenant_*'")
    .option(
      '--each-url <file>',
      'each database by itself: a connection string a line, or $NAME; # begins a comment',
    )
    .option(
      '--concurrency <tenants>',
      'how many at once; migrate takes two connections for each; 4 when left out',
    );
}

function collect(path: string, before: readonly string[] = []): readonly string[] {
  return [...before, path];
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === '' || !(seconds >= 0))
    throw new InvalidArgumentError('It has to be a number of seconds.');
  return seconds;
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
