// Colour, for those who want it.
import { styleText } from 'node:util';

export interface Paint {
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

type Format = Parameters<typeof styleText>[0];

export function makePaint(colour: boolean): Paint {
  // The stream was judged by `wantsColour`; styleText would judge process.stdout, whatever we write to.
  const paint = (format: Format) => (text: string) =>
    colour && text !== '' ? styleText(format, text, { validateStream: false }) : text;
  return {
    bad: paint('red'),
    doubtful: paint('yellow'),
    good: paint('green'),
    strong: paint('bold'),
    faint: paint('dim'),
  };
}

/**
 * NO_COLOR (https://no-color.org, any value but the empty one) says no; FORCE_COLOR says yes unless it is 0; else a
 * terminal is coloured unless it is dumb or runs in CI.
 */
export function wantsColour(env: NodeJS.ProcessEnv, stream: { readonly isTTY?: boolean }): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb' && !env.CI;
}
