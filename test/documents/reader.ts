// Reader: somebody with the document open: one project, one shell, servers left running in the background.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKeptServer } from 'shipshape-embedded';
import { copyProject } from '../../scripts/copy-project.ts';
import { type Running, run, start } from '../incident/processes.ts';
import { readDataFolder, removeKept } from '../support/kept.ts';

export class Reader {
  #folder = '';
  readonly #servers: Running[] = [];

  open(): void {
    this.#folder = mkdtempSync(join(tmpdir(), 'shipshape-reader-'));
    copyProject(this.#folder);
  }

  async close(): Promise<void> {
    const kept = await findKeptServer({ project: this.#folder, database: 'calls' });
    const data = kept === null ? null : await readDataFolder(kept.url);
    const pidFile = join(this.#folder, 'server.pid');
    if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM');
    const ends = await Promise.all(this.#servers.map(({ ended }) => ended));
    // 1 where its stop took longer than it may.
    const codes = ends.map(({ code }) => code);
    if (codes.some((code) => code !== 0))
      throw new Error(`npm start ended with ${codes.join(', ')}: ${ends.map(({ stderr }) => stderr).join()}`);
    if (data !== null) await removeKept(data);
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** What the command printed. `npm start` goes on in the background and has printed what it listens on. */
  async type(command: string): Promise<string> {
    const options = {
      cwd: this.#folder,
      env: {
        PATH: `${join(this.#folder, 'node_modules/.bin')}:${process.env.PATH}`,
        DATABASE_URL: undefined,
      },
    };
    if (/(^|&& )npm start$/.test(command)) {
      const server = start('bash', ['-c', command.replace(/npm start$/, 'exec npm start')], options);
      this.#servers.push(server);
      await server.printed('listening on');
      return server.stdout();
    }
    const { stdout, stderr } = await run('bash', ['-c', command], options);
    return stdout === '' ? stderr : stdout;
  }
}
