// The order of a start: while the gate has not answered, nobody listens, and a refused release never did.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScratchServer } from 'shipshape-embedded';
import { expect, test } from 'vitest';
import { projectRoot } from '../../scripts/copy-project.ts';
import { probeShutPort } from './probes.ts';
import { freePort, run } from './processes.ts';

test('a release that the gate refuses never accepts a connection', { timeout: 60_000 }, async () => {
  const server = await startScratchServer();
  const cwd = mkdtempSync(join(tmpdir(), 'shipshape-port-'));
  try {
    const port = await freePort();
    const probe = probeShutPort(port);
    const refused = await run(process.execPath, [join(projectRoot, 'apps/calls/dist/main.js')], {
      cwd,
      env: {
        DATABASE_URL: await server.createDatabase(),
        PORT: String(port),
        PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
        TWILIO_AUTH_TOKEN: 'token',
      },
    });
    const { asked, failed } = await probe.stop();
    expect(refused.stderr).toContain('calls may not start');
    expect(refused.code).toBe(4);
    expect(asked).toBeGreaterThan(10);
    expect(failed).toBe(0);
  } finally {
    await server.stop();
    rmSync(cwd, { recursive: true });
  }
});
