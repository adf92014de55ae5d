// explainRefusal: what Prisma's engine says about a schema that it does not accept, one finding a fault.
import { type Finding, makeFinding, ShipshapeError } from '../../report/index.ts';
import { ownFile } from './prepare.ts';

/** Null for what is no fault of the schema. */
export function explainRefusal(error: unknown): ShipshapeError | null {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (code !== 'P1012' || typeof message !== 'string') return null;
  const [first, ...rest] = [...message.matchAll(fault)].flatMap(readFault);
  return first === undefined ? null : new ShipshapeError([first, ...rest], { cause: error });
}

/** `error: what is wrong`, perhaps on several lines, and ` --> file:line` below it. */
const fault = /^error: (.*?)\n\s*-->\s+([^\n]*):(\d+)$/gms;

function readFault([, text = '', file = '', line = '']: RegExpExecArray): readonly Finding[] {
  // Our own models repeat what is wrong in a view of the user's.
  if (file === ownFile) return [];
  const message = text.replace(/\s+/g, ' ').trim();
  const origin = { file, line: Number(line) };
  return [makeFinding('prisma-schema-invalid', { place: `${file}:${line}`, message }, { origin })];
}
