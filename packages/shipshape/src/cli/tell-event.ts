// tellEvent: what a run says on its way, to where each of it belongs.
import { renderEvent } from '../deploy/render-event.ts';
import type { RunEvent } from '../migrate/run-order.ts';
import { renderFindings } from '../report/render/findings.ts';
import type { Context } from './context.ts';

export function tellEvent(context: Context, event: RunEvent): void {
  if (event.kind === 'warning') context.say(renderFindings([event.finding], context.look));
  const writers = { result: context.show, talk: context.say, progress: context.progress };
  for (const { as, lines } of renderEvent(event)) for (const line of lines) writers[as](line);
}
