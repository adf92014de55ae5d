// openWork: the first connection of a run.
import { randomUUID } from 'node:crypto';
import { connect } from '../postgres/connect.ts';
import type { OwnSession } from '../postgres/session.ts';
import type { RunOrder } from './run-order.ts';

export interface Opened {
  /** Of the run. */
  readonly id: string;
  readonly work: OwnSession;
}

/** Throws as `connect` does. */
export async function openWork(order: Pick<RunOrder, 'target' | 'waitSeconds'>): Promise<Opened> {
  const id = randomUUID();
  const work = await connect(order.target, { applicationName: `shipshape:work:${id}` });
  work.answerWithin(patienceMs(order));
  return { id, work };
}

/** Nothing that is asked beside the migrations themselves takes long, nor waits inside the server. */
export function patienceMs({ waitSeconds }: Pick<RunOrder, 'waitSeconds'>): number {
  return Math.min(Math.max(waitSeconds, 5), 30) * 1000;
}
