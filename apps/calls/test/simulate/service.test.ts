// The simulator against the service's own webhooks and jobs: what the rows say is what the scripts planned.
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeApp } from '../../src/app.ts';
import { DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, DEMO_NUMBER } from '../../src/config.ts';
import type { Database } from '../../src/db/client.ts';
import { startWorker, type Worker } from '../../src/jobs/worker.ts';
import { makeScript } from '../../src/simulate/make-script.ts';
import { playCall } from '../../src/simulate/play-call.ts';
import { type Provider, startProvider } from '../../src/simulate/provider.ts';
import { Tally } from '../../src/simulate/summary.ts';
import { ensureDemoBusiness } from '../../src/store/demo-business.ts';
import { type CallsServer, startCallsServer } from '../jobs/calls-database.ts';
import { finishJobs, makeWorkshop, transcriptionKey, type Workshop } from '../jobs/recorded-call.ts';

const publicBaseUrl = 'https://calls.example';
const seed = 'the whole service';
const calls = 24;
const callee = { accountSid: DEMO_ACCOUNT_SID, number: DEMO_NUMBER };

let server: CallsServer;
let database: Database;
let provider: Provider;
let workshop: Workshop;
let worker: Worker;
let app: FastifyInstance;

beforeAll(async () => {
  server = await startCallsServer();
  ({ database } = await server.newDatabase());
  await ensureDemoBusiness(database.db);
  provider = await startProvider({ transcriptionKey });
  workshop = await makeWorkshop(provider);
  worker = await startWorker({ database, concurrency: 2, deps: workshop.deps });
  app = makeApp({
    config: {
      authTokens: [DEMO_AUTH_TOKEN],
      publicBaseUrl,
      mediaStreamUrl: 'wss://calls.example/ws/twilio-media',
    },
    db: database.db,
    log: workshop.deps.log,
    life: { phase: 'serving' },
    demoBusinessId: null,
  });
});
afterAll(async () => {
  await app.close();
  await worker.stop();
  await provider.close();
  await workshop.clean();
  await server.stop();
});

test('every call ends as it was scripted, whatever was repeated or came out of order', async () => {
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const destination = { url, publicUrl: new URL(publicBaseUrl), authToken: DEMO_AUTH_TOKEN };
  const scripts = Array.from({ length: calls }, (_, index) => makeScript(seed, index, callee));
  const tally = new Tally();
  // Two calls at a time however slow the machine is, where traffic at a rate would overrun it.
  const waiting = [...scripts];
  const playLine = async (): Promise<number> => {
    const script = waiting.shift();
    return script ? (await playCall(script, { destination, provider, tally })) + (await playLine()) : 0;
  };
  const [some, others] = await Promise.all([playLine(), playLine()]);
  const recordings = some! + others!;
  expect(tally.summarize({ seed, calls, recordings, seconds: 0 }).problems).toEqual({});
  await finishJobs(database);
  const { rows } = await database.pool.query(
    `select call_sid, status, duration, stream_connect_count, recording_count, webhook_11205_count, recording_mode,
       webhook_retry_count, estimated_cost_bucket is not null as judged, transcript_source from call_log order by call_sid`,
  );
  const planned = scripts
    .map((script) => ({
      call_sid: script.callSid,
      status: script.finalStatus,
      duration: script.durationSec,
      stream_connect_count: script.streamSids.length,
      recording_count: script.recordings.length,
      recording_mode: expect.stringMatching(
        script.recordings.length > 0 ? /^(TWILIO_CALL_RECORD|RECORDING_API)$/ : /^OFF$/,
      ),
      webhook_11205_count: script.deliveries.filter(({ event }) => event.kind === 'twilio_error').length,
      webhook_retry_count: script.deliveries.flatMap(({ redeliveredAfterMs }) => redeliveredAfterMs).length,
      judged: true,
      transcript_source: script.recordings.some(({ absent }) => !absent) ? 'recording' : null,
    }))
    .sort((one, other) => (one.call_sid < other.call_sid ? -1 : 1));
  expect(rows).toEqual(planned);
  expect(new Set(provider.served.downloads).size).toBe(recordings);
  const log = workshop.logged.join('\n');
  expect(log).not.toMatch(/\+9725\d/);
  expect(log).not.toContain(DEMO_NUMBER);
});
