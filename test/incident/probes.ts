// What is watched while the schema changes: whether the API answers, and whether a port ever accepts a connection.
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface Probe {
  readonly stop: () => Promise<ProbeCount>;
}

export interface ProbeCount {
  readonly asked: number;
  readonly failed: number;
  /** Each problem and how often it was met. */
  readonly problems: Readonly<Record<string, number>>;
}

/** Asks each path in turn, about twenty times a second, until stopped. */
export function probeApi(base: string, paths: readonly string[], apiKey: string): Probe {
  return repeat(50, async (turn) => {
    const path = paths[turn % paths.length] ?? '/';
    const response = await fetch(`${base}${path}`, { headers: { authorization: `Bearer ${apiKey}` } });
    const body = await response.text();
    return response.ok ? null : `${path} answered ${response.status}: ${body.slice(0, 120)}`;
  });
}

/** Counts a connection that was accepted as a failure: the port must stay shut. */
export function probeShutPort(port: number): Probe {
  return repeat(5, async () => ((await accepts(port)) ? `port ${port} accepted a connection` : null));
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function repeat(everyMs: number, ask: (turn: number) => Promise<string | null>): Probe {
  const stopping = new AbortController();
  const problems: Record<string, number> = {};
  let asked = 0;
  let failed = 0;
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const problem = await ask(asked).catch((error: Error) => `${error.name}: ${error.message}`);
      asked++;
      if (problem !== null) {
        failed++;
        problems[problem] = (problems[problem] ?? 0) + 1;
      }
      await pause(everyMs);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await running;
      return { asked, failed, problems };
    },
  };
}
