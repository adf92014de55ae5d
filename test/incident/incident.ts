// The story with real processes on one database: an old release serves, a new one is refused, the schema follows, the new one starts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { type Provider, startProvider } from '../../apps/calls/src/simulate/provider.ts';
import { runTraffic } from '../../apps/calls/src/simulate/traffic.ts';
import { copyProject, projectRoot } from '../../scripts/copy-project.ts';
import { fillWithCalls, tenant, withClient } from './fill.ts';
import { type Measured, measureEffects } from './measure.ts';
import { type Played, playbook } from './playbook.ts';
import { type ProbeCount, probeApi, probeShutPort } from './probes.ts';
import { freePort, type Running, type RunResult, run, start } from './processes.ts';

const authToken = 'incident-demo-token';
const transcriptionKey = 'incident-demo-stt-key';
const apiPaths = ['/api/calls/last7d', '/api/calls/range?from=2020-01-01&to=2020-02-01'];

export interface IncidentOptions {
  readonly say: (line: string) => void;
  readonly calls: number;
}

export interface IncidentReport {
  readonly calls: number;
  readonly refused: RunResult;
  readonly refusedPort: ProbeCount;
  readonly migrated: RunResult;
  readonly migratedAgain: RunResult;
  readonly drifted: RunResult;
  readonly mended: RunResult;
  /** The new release on the old schema, with its gate told to warn only: what happened in the story. */
  readonly before: Measured;
  /** The old release, while the new one was refused and the schema changed under it. */
  readonly during: Measured;
  /** The new release on the new schema. */
  readonly after: Measured;
}

/** Everything it starts it ends. Throws when a step that the story relies on does not come about. */
export async function playIncident({ say, calls }: IncidentOptions): Promise<IncidentReport> {
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-incident-'));
  const server = await startScratchServer();
  const provider = await startProvider({ transcriptionKey });
  const releases: Running[] = [];
  const stage = new Stage({ folder, server, provider, releases });
  try {
    say('building the old release from the new one (old-release.patch) …');
    const oldRelease = buildOldRelease(folder);

    const before = await stage.measureUnguarded(oldRelease);
    say(
      'what happened in the story is measured: the new release, told to start anyway, on a database at 0050',
    );

    const url = await server.createDatabase('calls');
    await expectExit(0, stage.shipshape(oldRelease, url, ['migrate']));
    const filled = await fillWithCalls(url, calls);
    say(`1  a database at 0050 with ${filled} calls; the old release starts and the phone rings`);
    const old = await stage.startRelease(oldRelease, url);
    const watching = stage.watch(old.base, playbook.during);

    const newPort = await freePort();
    const shut = probeShutPort(newPort);
    const refused = await stage.launch(projectRoot, url, newPort).ended;
    const refusedPort = await shut.stop();
    say(`2  the new release starts: refused, exit ${refused.code}\n\n${indent(refused.stderr)}`);

    const migrated = await stage.shipshape(projectRoot, url, ['migrate']);
    say(`3  npx shipshape migrate, while the old release serves\n\n${indent(migrated.stdout)}`);
    const migratedAgain = await stage.shipshape(projectRoot, url, ['migrate']);
    say(`   and again\n\n${indent(migratedAgain.stdout)}`);

    const during = await measureEffects({ url, ...(await watching.stop()) });
    const fresh = await stage.startRelease(projectRoot, url, newPort);
    await old.process.end();
    say('4  the new release starts and takes over; new calls arrive');
    const since = await withClient(
      url,
      async (client) => (await client.query('select max(id) as id from call_log')).rows[0].id,
    );
    const serving = stage.watch(fresh.base, playbook.after);
    const after = await measureEffects({ url, since: Number(since), ...(await serving.finished()) });
    await fresh.process.end();

    await withClient(url, (client) => client.query('alter table call_log drop column recording_mode'));
    const drifted = await stage.shipshape(projectRoot, url, ['verify']);
    say(
      `5  somebody drops call_log.recording_mode by hand; npx shipshape verify\n\n${indent(drifted.stdout)}`,
    );
    await withClient(url, (client) => client.query(printedSql(drifted.stdout)));
    const mended = await stage.shipshape(projectRoot, url, ['verify']);
    say(`   and after the printed SQL\n\n${indent(mended.stdout)}`);

    return {
      calls: filled,
      refused,
      refusedPort,
      migrated,
      migratedAgain,
      drifted,
      mended,
      before,
      during,
      after,
    };
  } finally {
    for (const release of releases) await release.end('SIGKILL');
    await provider.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the scenario plays with: one server, one phone provider, releases that are ended in any case. */
class Stage {
  readonly #props: { folder: string; server: ScratchServer; provider: Provider; releases: Running[] };

  constructor(props: { folder: string; server: ScratchServer; provider: Provider; releases: Running[] }) {
    this.#props = props;
  }

  shipshape(release: string, url: string, args: readonly string[]): Promise<RunResult> {
    const command = [join(release, 'packages/shipshape/bin/shipshape.cjs'), ...args];
    return run(process.execPath, command, { cwd: release, env: { DATABASE_URL: url } });
  }

  /** Starts the service as a deploy would; it may be refused. */
  launch(release: string, url: string, port: number, env: NodeJS.ProcessEnv = {}): Running {
    const { folder, provider, releases } = this.#props;
    const process_ = start(process.execPath, [join(release, 'apps/calls/dist/main.js')], {
      cwd: mkdtempSync(join(folder, 'service-')),
      env: {
        DATABASE_URL: url,
        PORT: String(port),
        HOST: '127.0.0.1',
        PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
        TWILIO_AUTH_TOKEN: authToken,
        RECORDING_ORIGINS: provider.url,
        STT_BASE_URL: provider.transcriptionUrl,
        STT_API_KEY: transcriptionKey,
        ...env,
      },
    });
    releases.push(process_);
    return process_;
  }

  async startRelease(release: string, url: string, port?: number, env?: NodeJS.ProcessEnv) {
    const at = port ?? (await freePort());
    const process_ = this.launch(release, url, at, env);
    await process_.printed('listening on');
    return { process: process_, base: `http://127.0.0.1:${at}` };
  }

  /** Traffic of the simulator and requests to the API, until stopped or until all calls were played. */
  watch(base: string, { seed, calls }: Played) {
    const hangUp = new AbortController();
    const traffic = runTraffic({
      url: base,
      authToken,
      callee: tenant,
      provider: this.#props.provider,
      seed,
      rate: 5,
      seconds: 300,
      ...(calls === null ? {} : { calls }),
      signal: hangUp.signal,
    });
    const api = probeApi(base, apiPaths, tenant.apiKey);
    const finished = async () => ({ traffic: await traffic, api: await api.stop() });
    const stop = () => {
      hangUp.abort();
      return finished();
    };
    return { finished, stop };
  }

  async measureUnguarded(oldRelease: string): Promise<Measured> {
    const url = await this.#props.server.createDatabase('calls_of_the_story');
    await expectExit(0, this.shipshape(oldRelease, url, ['migrate']));
    await fillWithCalls(url, 100);
    const release = await this.startRelease(projectRoot, url, undefined, { SCHEMA_GATE: 'warn' });
    const measured = await measureEffects({
      url,
      ...(await this.watch(release.base, playbook.before).finished()),
    });
    await release.process.end();
    return measured;
  }
}

function buildOldRelease(folder: string): string {
  const release = mkdtempSync(join(folder, 'old-release-'));
  copyProject(release);
  const patch = join(projectRoot, 'apps/calls/test/old-release.patch');
  const steps: readonly [string, readonly string[]][] = [
    ['git', ['apply', '--whitespace=nowarn', patch]],
    [process.execPath, [join(projectRoot, 'node_modules/typescript/bin/tsc'), '-b', 'apps/calls']],
    [process.execPath, [join(release, 'packages/shipshape/bin/shipshape.cjs'), 'snapshot']],
  ];
  for (const [command, args] of steps) {
    const done = spawnSync(command, args, { cwd: release, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}\n${done.stdout}\n${done.stderr}`);
  }
  return release;
}

async function expectExit(code: number, running: Promise<RunResult>): Promise<void> {
  const result = await running;
  if (result.code !== code)
    throw new Error(`exit ${result.code} instead of ${code}:\n${result.stdout}\n${result.stderr}`);
}

/** The statement that `verify` printed for pasting. */
function printedSql(output: string): string {
  const match = /ALTER TABLE [^;]+;/i.exec(output);
  if (match === null) throw new Error(`verify printed no SQL:\n${output}`);
  return match[0];
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '     ');
}
