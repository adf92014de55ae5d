// Flight: what was sent ahead within a transaction, so that its answers come back together with those of what follows.

export interface Flight {
  /** The answer to one statement. Where that is refused, the server refuses whatever was sent behind it. */
  send(answer: Promise<unknown>): void;
  /** Why the first that was refused was; undefined when all came through. Waits for their answers. */
  fault(): Promise<unknown>;
}

export function makeFlight(): Flight {
  const sent: Promise<unknown>[] = [];
  return {
    send(answer) {
      // Refusals are told by `fault`, and are not to be taken for unhandled before that.
      sent.push(answer.then(() => undefined, asFault));
    },
    async fault() {
      const faults = (await Promise.all(sent)) as readonly (Fault | undefined)[];
      return faults.find((each) => each !== undefined)?.because;
    },
  };
}

interface Fault {
  readonly because: unknown;
}

const asFault = (because: unknown): Fault => ({ because });
