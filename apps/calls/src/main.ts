// The service as a process: configuration, database, gate, and only then a port.

import { fileURLToPath } from 'node:url';
import { EmbeddedError, joinKeptServer } from 'shipshape-embedded';
import { makeApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { openDatabase } from './db/client.ts';
import { describeFault } from './db/describe-fault.ts';
import { assertSchema, migrateOwnDatabase } from './db/gate.ts';
import type { Life } from './http/life.ts';
import { openLog } from './http/log.ts';
import { leavePlace, type Place, takeOver } from './http/take-over.ts';
import { RECORDING_LIMITS } from './jobs/download-recording.ts';
import { makeHttpTranscriber } from './jobs/transcriber.ts';
import { startWorker } from './jobs/worker.ts';
import { ensureDemoBusiness } from './store/demo-business.ts';

/** The project whose embedded database is used: the folder that holds `apps/`. */
const project = fileURLToPath(new URL('../../../', import.meta.url));
const JOBS_AT_ONCE = 4;
const TRANSCRIPTION_MS = 5 * 60 * 1000;
/** All of a stop; the provider waits 15 s for an answer that is under way. */
const STOP_MS = 20_000;

/** What was opened, in order: closed from its end. */
const opened: (() => Promise<void> | void)[] = [];

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const kept = config.databaseUrl === null ? await joinKeptServer({ project, database: 'calls' }) : null;
  const url = config.databaseUrl ?? kept!.url;
  if (kept !== null) {
    opened.push(() => kept.leave());
    await migrateOwnDatabase(url, print);
  }
  print(await assertSchema(url, config.schemaGate));

  const log = openLog('logs/app.log');
  const life: Life = { phase: 'starting' };
  const onBroken = (error: Error) =>
    log.warn({ code: describeFault(error)?.code }, 'a connection to the database broke');
  const database = openDatabase(url, onBroken);
  opened.push(() => database.close());
  // Jobs have connections of their own, so that no webhook waits for one behind a transcription.
  const jobsDatabase = openDatabase(url, onBroken);
  opened.push(() => jobsDatabase.close());
  const demoBusinessId = kept === null ? null : await ensureDemoBusiness(database.db);
  const worker = await startWorker({
    database: jobsDatabase,
    concurrency: JOBS_AT_ONCE,
    deps: { ...makeTaskDeps(config), log },
  });
  opened.push(() => worker.stop());

  const app = makeApp({ config, db: database.db, log, life, demoBusinessId });
  opened.push(() => app.close());
  const place: Place = { host: config.host, port: config.port, pidFile: 'server.pid', patienceMs: 10_000 };
  const { port } = await takeOver(app, place);
  opened.unshift(() => leavePlace(place));
  life.phase = 'serving';
  print(`listening on http://localhost:${port}`);
  log.info({ port }, 'listening');

  const stop = (why: string, code: number) => {
    life.phase = 'stopping';
    log.info({ why }, 'stopping');
    void end(code);
  };
  process.once('SIGTERM', () => stop('SIGTERM', 0));
  process.once('SIGINT', () => stop('SIGINT', 0));
  void kept?.lost.then((error) => {
    process.stderr.write(`✗ ${error.message}\n`);
    stop('the embedded database is gone', 1);
  });
}

function makeTaskDeps({ recordingFolder, recordingOrigins, accountSid, authTokens, speechToText }: Config) {
  return {
    recordings: {
      folder: recordingFolder,
      origins: recordingOrigins,
      credentials: accountSid === null ? null : { accountSid, authToken: authTokens[0]! },
      ...RECORDING_LIMITS,
    },
    transcriber:
      speechToText === null
        ? null
        : makeHttpTranscriber({
            baseUrl: speechToText.baseUrl,
            key: speechToText.apiKey,
            model: speechToText.model,
            timeoutMs: TRANSCRIPTION_MS,
          }),
  };
}

/** Closes in reverse: no more requests, then no more jobs, then no database, and last the pid file. */
async function end(code: number): Promise<void> {
  const late = setTimeout(() => process.exit(1), STOP_MS);
  late.unref();
  process.exitCode = code;
  for (const close of opened.splice(0).reverse()) {
    try {
      await close();
    } catch (error) {
      process.stderr.write(`✗ while stopping: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  }
}

/** 2: asked wrongly; 4: no database to be had; 1: anything else. The gate ends a refused start by itself. */
function explain(error: unknown): { readonly message: string; readonly code: number } {
  if (error instanceof ConfigError) return { message: error.message, code: 2 };
  if (error instanceof EmbeddedError) {
    return { message: `${error.message}\n  because  ${error.because}\n  do       ${error.do}`, code: 4 };
  }
  const fault = describeFault(error);
  if (fault !== null) return { message: `the database: ${fault.code} ${fault.detail ?? ''}`, code: 4 };
  return { message: error instanceof Error ? error.message : String(error), code: 1 };
}

try {
  await start();
} catch (error) {
  const { message, code } = explain(error);
  process.stderr.write(`✗ calls may not start: ${message}\n`);
  await end(code);
}
