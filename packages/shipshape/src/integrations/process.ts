// orExit: for a process of its own: what the gate refuses ends the process, with the message and the exit code.
import { GateRefusal } from '../gate/refusal.ts';
import { ShipshapeError } from '../report/index.ts';
import { wantsColour } from '../report/render/paint.ts';
import { renderFailure, renderStart } from '../report/render/start.ts';
import { widthOf } from '../report/render/wrap.ts';

/**
 * Waits for the gate. A refusal, or a database that cannot be reached, is written to stderr and ends the process at
 * once with its exit code: nothing that runs beside it gets to listen. Other errors are thrown on.
 */
export async function orExit<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    const look = { width: widthOf(process.stderr), colour: wantsColour(process.env, process.stderr) };
    const text =
      error instanceof GateRefusal
        ? renderStart(error.application, error.judgement, look, false)
        : renderFailure(error.findings, look);
    process.stderr.write(`${text}\n`);
    process.exit(error.exit);
  }
}
