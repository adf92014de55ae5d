// The journal of drizzle-kit 0.x: which files there are, and the times by which drizzle decides what to run.
import { type Finding, makeFinding } from '../../report/index.ts';

export interface JournalEntry {
  /** The file's name without its ending. */
  readonly tag: string;
  /** Milliseconds since 1970. */
  readonly when: number;
}

export interface Journal {
  readonly dialect: string;
  readonly entries: readonly JournalEntry[];
}

export function parseJournal(text: string): Journal | { readonly problem: string } {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const conflict = /^(<{7}|>{7}) /m.test(text) ? 'it holds conflict markers of git: ' : 'it is no JSON: ';
    return { problem: `${conflict}${(error as Error).message}` };
  }
  const { dialect, entries } = (content ?? {}) as { readonly dialect?: unknown; readonly entries?: unknown };
  if (!Array.isArray(entries)) return { problem: 'it has no list "entries"' };
  const wrong = entries.findIndex((each) => !isEntry(each));
  if (wrong >= 0) return { problem: `entry ${wrong} has no text "tag" or no number "when"` };
  return { dialect: typeof dialect === 'string' ? dialect : 'postgresql', entries };
}

function isEntry(value: unknown): value is JournalEntry {
  const { tag, when } = (value ?? {}) as { readonly tag?: unknown; readonly when?: unknown };
  return typeof tag === 'string' && typeof when === 'number';
}

/**
 * drizzle-orm 0.x asks its ledger for the highest time applied and runs the entries above it (`migrate` of its pg
 * dialect): an entry that is not above every one before it is passed over, without a word, wherever one of these has
 * been applied by an earlier deployment.
 */
export function judgeJournal(
  entries: readonly JournalEntry[],
  text: string,
  file: string,
): readonly Finding[] {
  let highest: JournalEntry | null = null;
  const late = new Map<JournalEntry, JournalEntry[]>();
  for (const entry of entries) {
    if (highest !== null && entry.when <= highest.when)
      late.set(highest, [...(late.get(highest) ?? []), entry]);
    else highest = entry;
  }
  return [...late].map(([before, passed]) => {
    const data = {
      file,
      before,
      passed: passed.map((each, index) => ({ ...each, set: before.when + index + 1 })),
    };
    const [first] = passed as [JournalEntry];
    return makeFinding('journal-out-of-order', data, {
      migration: first.tag,
      verdict: 'tampered',
      origin: { file, line: lineOf(first.tag, text) },
    });
  });
}

function lineOf(tag: string, text: string): number {
  const at = text.indexOf(JSON.stringify(tag));
  return text.slice(0, Math.max(at, 0)).split('\n').length;
}
