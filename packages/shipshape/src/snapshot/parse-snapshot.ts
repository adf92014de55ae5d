// parseSnapshot: text to Snapshot, or a finding that says what is wrong with the text.
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { fingerprintOf } from './fingerprint-of.ts';
import { type Snapshot, snapshotFormat } from './snapshot.ts';
import { readWritten } from './written-text.ts';

/**
 * A text that is as it was written is parsed where it is asked for, so that a start stays fast. Any other is read whole,
 * and is one of ours when its fingerprint agrees with its content: a formatter may have been over it. Throws
 * ShipshapeError `snapshot-unreadable`, also when the text was changed by hand. `file` is only for the message.
 */
export function parseSnapshot(bytes: Buffer, file: string): Snapshot {
  const written = readWritten(bytes);
  if (written !== null) return written;
  const content = bytes.toString('utf8');
  const unreadable = (problem: string, cause?: unknown) =>
    new ShipshapeError([makeFinding('snapshot-unreadable', { file, problem })], { cause });
  if (/^(<{7}|>{7}) /m.test(content)) throw unreadable('it holds conflict markers of git');
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw unreadable(`it is no JSON (${(error as Error).message})`, error);
  }
  const format = fieldOf(value, 'format');
  if (typeof format === 'number' && format !== snapshotFormat)
    throw unreadable(
      `it has format ${format}, and this release of Shipshape writes and reads format ${snapshotFormat}`,
    );
  if (!hasShape(value)) throw unreadable('it is no snapshot: parts of one are missing');
  if (fingerprintOf(value) !== value.fingerprint)
    throw unreadable('it was changed by hand or merged line by line');
  const { checksum: _, ...snapshot } = value;
  // What no fingerprint answers for.
  return { ...snapshot, migrations: snapshot.migrations.map(({ statements: _, ...each }) => each) };
}

/** The parts that the fingerprint is made of are there; what is in them is the fingerprint's business. */
function hasShape(value: unknown): value is Snapshot & { readonly checksum?: string } {
  const need = fieldOf(value, 'need');
  const tables = fieldOf(need, 'tables');
  return (
    fieldOf(value, 'format') === snapshotFormat &&
    typeof fieldOf(value, 'fingerprint') === 'string' &&
    Array.isArray(fieldOf(value, 'migrations')) &&
    Array.isArray(fieldOf(fieldOf(value, 'catalog'), 'objects')) &&
    typeof fieldOf(value, 'provenance') === 'object' &&
    typeof fieldOf(value, 'seals') === 'object' &&
    Array.isArray(tables) &&
    tables.every((table) => Array.isArray(fieldOf(table, 'columns'))) &&
    Array.isArray(fieldOf(need, 'enums'))
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
