// What a command is given, and what it gives back: no command prints or exits by itself.
import type { ExitCode, Finding } from '../report/index.ts';
import type { Look } from '../report/render/findings.ts';
import type { Models } from './model-kinds.ts';

/** What the command line says, beside the command and its arguments. */
export interface Flags extends Models {
  readonly config?: string;
  readonly application?: string;
  readonly migrations?: string;
  readonly migrationsFormat?: string;
  readonly replay?: string;
  readonly replayTimeout?: string;
  readonly appRole?: string;
  readonly ledger?: string;
  readonly snapshot?: string;
  readonly embedded?: string;
  readonly url?: string;
  readonly scratch?: string;
  readonly dotenv?: string;
}

export interface Context {
  readonly cwd: string;
  /** The environment, with what `--dotenv` adds. */
  readonly env: NodeJS.ProcessEnv;
  readonly flags: Flags;
  readonly look: Look;
  /** Shows a line of the result while the command goes on. Under `--json` it goes where the talk goes. */
  readonly show: (line: string) => void;
  /** Talk: what is being waited for, say. */
  readonly say: (line: string) => void;
  /** How far something long is: a line that takes the place of the one before where the terminal can do that. */
  readonly progress: (line: string) => void;
  /** Tells what stopped a command that has a result all the same. Silent under `--json`, whose result holds it. */
  readonly fail: (findings: readonly Finding[]) => void;
  /** Aborted by Ctrl-C from the moment it is asked for; before that, Ctrl-C ends the process as usual. */
  readonly interruption: () => AbortSignal;
}

export interface Outcome {
  readonly exit: ExitCode;
  /** For people; no newline at the end. */
  readonly text: string;
  /** For programs: `version: 1` and what the command found. */
  readonly json: object;
}
