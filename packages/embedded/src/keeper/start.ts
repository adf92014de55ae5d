// Starts a keeper process and waits for its answer.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EmbeddedError } from '../embedded-error.ts';
import type { Answer, Order } from './order.ts';

export interface Keeper {
  readonly answer: Exclude<Answer, { state: 'failed' }>;
  /** The keeper has ended, and with it (unless it was killed) its server. Does not keep this process alive. */
  readonly ended: Promise<void>;
  /** We no longer hold its server, which others may. */
  release(): void;
  /** We no longer hold it and nobody else does: keeps this process alive until it has ended. */
  end(): void;
}

/**
 * The channel to the keeper is our hold on it: it closes however we die. It does not keep this process alive.
 * @throws EmbeddedError
 */
export async function startKeeper(order: Order): Promise<Keeper> {
  // A session of its own: neither Ctrl-C nor a kill of our whole group reaches it. Nothing of our NODE_OPTIONS either.
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./main.js', import.meta.url)), JSON.stringify(order)],
    {
      cwd: '/',
      env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1' },
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const answer = await readAnswer(child);
  if (answer.state === 'failed') {
    const { code, message, because, do: act } = answer.error;
    throw new EmbeddedError(code, { what: message, because, do: act });
  }
  child.unref();
  child.channel?.unref();
  const release = () => {
    if (child.connected) child.disconnect();
  };
  return {
    answer,
    ended,
    release,
    end() {
      child.ref();
      release();
    },
  };
}

function readAnswer(child: ChildProcess): Promise<Answer> {
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => {
    child.once('message', (answer: Answer) => {
      child.stderr?.destroy();
      resolve(answer);
    });
    const fail = (because: string) =>
      resolve({
        state: 'failed',
        error: {
          code: 'embedded-start-failed',
          message: 'The keeper of the embedded PostgreSQL did not start.',
          because: stderr.trim() || because,
          do: 'build the package (tsc -b) when it runs from its sources; keeper/main.js is a program of its own',
        },
      });
    child.once('close', (code, signal) => fail(`it ended with ${signal ?? code}`));
    child.once('error', (error) => fail(error.message));
  });
}
