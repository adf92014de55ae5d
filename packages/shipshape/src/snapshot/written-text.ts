// readWritten: a snapshot's text just as it was written, of which only what is asked for is parsed.
import { checksum } from '../catalog/index.ts';
import { sections } from './render-snapshot.ts';
import { type Snapshot, snapshotFormat } from './snapshot.ts';

type Section = (typeof sections)[number];

const headBytes = 1024;

/**
 * Null for a text that is not byte by byte what `renderSnapshot` gives (line ends aside, which git may turn): made by
 * another release, formatted, merged or changed by hand. Then it has to be read whole.
 */
export function readWritten(content: Buffer): Snapshot | null {
  const bytes = content.includes('\r\n')
    ? Buffer.from(content.toString('utf8').replaceAll('\r\n', '\n'))
    : content;
  const line = /\n {2}"checksum": "(sha256:[0-9a-f]{64})",\n/.exec(bytes.toString('latin1', 0, headBytes));
  if (line === null) return null;
  const [whole, written] = line;
  const head = bytes.subarray(0, line.index + 1);
  const body = bytes.subarray(line.index + whole.length);
  if (checksum(head, body) !== written) return null;
  const { format, postgres, fingerprint } = JSON.parse(`${head.toString().replace(/,\n$/, '')}}`) as Snapshot;
  // Not spread: that would parse every section.
  return format === snapshotFormat
    ? Object.assign(sectionsOf(body), { format, postgres, fingerprint })
    : null;
}

/** No line break of a written text is inside a value, so that a key at the beginning of a line is one. */
function sectionsOf(body: Buffer): Omit<Snapshot, 'format' | 'postgres' | 'fingerprint'> {
  const starts = sections.map((name) => {
    const key = `  "${name}": `;
    const at = name === sections[0] ? 0 : body.indexOf(`\n${key}`) + 1;
    return { at, from: at + key.length };
  });
  const parsed = new Map<Section, unknown>();
  const read = <Name extends Section>(name: Name): Snapshot[Name] => {
    if (!parsed.has(name)) {
      const place = sections.indexOf(name);
      const end = (starts[place + 1]?.at ?? body.length - 1) - 2;
      parsed.set(name, JSON.parse(body.toString('utf8', starts[place]?.from, end)));
    }
    return parsed.get(name) as Snapshot[Name];
  };
  return {
    get migrations() {
      return read('migrations');
    },
    get seals() {
      return read('seals');
    },
    get need() {
      return read('need');
    },
    get catalog() {
      return read('catalog');
    },
    get provenance() {
      return read('provenance');
    },
  };
}
