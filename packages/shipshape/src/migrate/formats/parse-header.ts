// parseHeader: the lines `-- shipshape: …` at the top of a migration file.
import { type Backfill, type Header, plainHeader } from '../header.ts';

export interface HeaderFault {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  readonly problem: string;
}

const directive = /^\s*--\s*shipshape\s*:\s*(.*?)\s*$/i;

/**
 * The header ends at the first line that is neither empty nor a comment of that form: what stands below would be passed
 * over in silence, so it is a fault. Each directive stands once, `destroys` and `rewrites` as often as it takes.
 */
export function parseHeader(text: string): {
  readonly header: Header;
  readonly faults: readonly HeaderFault[];
} {
  if (!text.includes('--')) return { header: plainHeader, faults: [] };
  const faults: HeaderFault[] = [];
  const said = new Set<string>();
  let header = plainHeader;
  let open = true;
  for (const [at, content] of text.split('\n').entries()) {
    const line = at + 1;
    const found = directive.exec(content);
    if (found === null) {
      open &&= /^\s*(--.*)?$/.test(content);
      continue;
    }
    const [, words = ''] = found;
    const fault = (problem: string) => faults.push({ line, text: content.trim(), problem });
    if (!open) {
      fault('it stands below the first statement, where it would say nothing');
      continue;
    }
    const [name = '', rest = ''] = splitOnce(words);
    const read = directives[name.toLowerCase()];
    if (read === undefined) {
      fault(`there is no directive "${name}"`);
      continue;
    }
    const told = read(rest, line);
    if (typeof told === 'string') fault(told);
    else if (said.has(name) && told.consents === undefined) fault(`${name} is said twice`);
    else header = { ...header, ...told, consents: [...header.consents, ...(told.consents ?? [])] };
    said.add(name);
  }
  if (header.noTransaction && header.backfill !== null)
    faults.push({
      line: 1,
      text: 'no-transaction',
      problem: 'a backfill commits batch by batch already: it is one or the other',
    });
  return { header, faults };
}

type Directive = (rest: string, line: number) => Partial<Header> | string;

const consent =
  (act: 'destroys' | 'rewrites'): Directive =>
  (rest, line) => {
    const found = /^(\S.*?)\s+because\s+(\S.*)$/i.exec(rest);
    if (found === null) return `it has to be: ${act} <address> because <reason>`;
    const [, address = '', because = ''] = found;
    return { consents: [{ act, address, because, line }] };
  };

const alone =
  (name: string, told: Partial<Header>): Directive =>
  (rest) =>
    rest === '' ? told : `it is said alone: nothing follows ${name}`;

const directives: Readonly<Record<string, Directive>> = {
  'no-transaction': alone('no-transaction', { noTransaction: true }),
  repeatable: alone('repeatable', { repeatable: true }),
  backfill: readBackfill,
  destroys: consent('destroys'),
  rewrites: consent('rewrites'),
  'lock-timeout': (rest) => {
    const milliseconds = parseDuration(rest);
    return milliseconds === null
      ? 'it has to be a time such as 500ms or 2s'
      : { lockTimeoutMs: milliseconds };
  },
  requires: (rest) => {
    const found = /^PostgreSQL\s*(?:>=|≥)\s*(\d{1,2})$/i.exec(rest);
    return found === null ? 'it has to be: requires PostgreSQL >= 15' : { requires: Number(found[1]) };
  },
};

const backfillKeys = ['table', 'key', 'batch', 'pause'];

function readBackfill(rest: string): Partial<Header> | string {
  const given = new Map<string, string>();
  for (const part of rest.split(/\s+/).filter((each) => each !== '')) {
    const [, name, value] = /^([a-z]+)=(.+)$/.exec(part) ?? [];
    if (name === undefined || value === undefined || !backfillKeys.includes(name) || given.has(name))
      return `"${part}" is not understood: it has to be backfill table=<table> key=<column> batch=<rows> pause=<time>`;
    given.set(name, value);
  }
  const table = given.get('table');
  const key = given.get('key');
  const batch = Number(given.get('batch') ?? 5000);
  const pauseMs = parseDuration(given.get('pause') ?? '0ms');
  if (table === undefined || key === undefined) return 'a backfill names its table and its key';
  if (!Number.isSafeInteger(batch) || batch < 1) return 'batch has to be a number of rows from 1';
  if (pauseMs === null) return 'pause has to be a time such as 50ms or 1s';
  const backfill: Backfill = { table, key, batch, pauseMs };
  return { backfill };
}

/** Milliseconds; null for what is no time. A unit is demanded: PostgreSQL's own bare number means another one here and there. */
function parseDuration(text: string): number | null {
  const found = /^(\d{1,9})\s*(ms|s|min)$/.exec(text.trim());
  if (found === null) return null;
  const factor = { ms: 1, s: 1000, min: 60_000 }[found[2] as 'ms' | 's' | 'min'];
  return Number(found[1]) * factor;
}

function splitOnce(text: string): readonly [string, string] {
  const at = text.search(/\s/);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at).trim()];
}
