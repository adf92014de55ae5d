// Folders whose files hold the way up and the way down, each run by itself.
import { join } from 'node:path';
import { type Finding, makeFinding } from '../../report/index.ts';
import type { Folder, FolderFormat } from '../folder.ts';
import type { Migration, TransactionRule } from '../migration.ts';
import { displayPath } from '../place.ts';
import { type Listing, type NamedText, readTexts } from './listing.ts';
import { naturalOrder } from './natural-order.ts';

/** The marks are comments, and mean what the tool's own reader makes of them. */
interface Sections {
  readonly tool: string;
  readonly command: string;
  readonly up: RegExp;
  readonly down: RegExp;
  /** What stands in the file when the way up, and when the way down, wants no transaction. */
  readonly withoutTransaction: { readonly up: RegExp; readonly down: RegExp } | null;
  readonly rule: TransactionRule;
  readonly ruleWithout: TransactionRule;
  /** A file without a mark is a fault of the tool; otherwise it is run whole. */
  readonly markRequired: boolean;
}

export type SectionFormat = Extract<FolderFormat, 'dbmate' | 'goose' | 'sql-migrate' | 'node-pg-migrate'>;

export const sectionFormats: Readonly<Record<SectionFormat, Sections>> = {
  // amacneil/dbmate, pkg/dbmate/migration.go
  dbmate: {
    tool: 'dbmate',
    command: 'npx dbmate up',
    up: /^--\s*migrate:up(?:\s|$)/m,
    down: /^--\s*migrate:down(?:\s|$)/m,
    withoutTransaction: {
      up: /^--\s*migrate:up[ \t].*\btransaction:false(?:\s|$)/m,
      down: /^--\s*migrate:down[ \t].*\btransaction:false(?:\s|$)/m,
    },
    rule: 'each file',
    ruleWithout: 'as sent',
    markRequired: true,
  },
  // pressly/goose, README "SQL migrations"
  goose: {
    tool: 'goose',
    command: 'goose up',
    up: /^--\s*\+goose\s+up\b/im,
    down: /^--\s*\+goose\s+down\b/im,
    withoutTransaction: {
      up: /^--\s*\+goose\s+no\s+transaction\b/im,
      down: /^--\s*\+goose\s+no\s+transaction\b/im,
    },
    rule: 'each file',
    ruleWithout: 'each statement',
    markRequired: true,
  },
  // rubenv/sql-migrate, README "Writing migrations"
  'sql-migrate': {
    tool: 'sql-migrate',
    command: 'sql-migrate up',
    up: /^--\s*\+migrate\s+up\b/im,
    down: /^--\s*\+migrate\s+down\b/im,
    withoutTransaction: {
      up: /^--\s*\+migrate\s+up[ \t].*\bnotransaction\b/im,
      down: /^--\s*\+migrate\s+down[ \t].*\bnotransaction\b/im,
    },
    rule: 'each file',
    ruleWithout: 'each statement',
    markRequired: true,
  },
  // salsita/node-pg-migrate, src/sqlMigration.ts; one transaction for all unless --no-single-transaction
  'node-pg-migrate': {
    tool: 'node-pg-migrate',
    command: 'npx node-pg-migrate up',
    up: /^\s*--[\s-]*up\s+migration/im,
    down: /^\s*--[\s-]*down\s+migration/im,
    withoutTransaction: null,
    rule: 'all files',
    ruleWithout: 'all files',
    markRequired: false,
  },
};

const numbered = /^\d.*\.sql$/;

/** Which of these tools a text is written for. */
export function sectionFormatOf(text: string): SectionFormat | null {
  // What holds no comment at all needs no looking for one, and most folders are not such a tool's.
  if (!text.includes('--')) return null;
  const formats = Object.entries(sectionFormats) as [SectionFormat, Sections][];
  return formats.find(([, { up, down }]) => up.test(text) || down.test(text))?.[0] ?? null;
}

export async function readSectionFolder(listing: Listing, format: SectionFormat): Promise<Folder> {
  const sections = sectionFormats[format];
  // dbmate goes by the names as they are; the others by the numbers at their front.
  const names = listing.files
    .filter((name) => numbered.test(name))
    .sort(format === 'dbmate' ? undefined : naturalOrder);
  const { texts, findings } = await readTexts(
    listing,
    names.map((name) => ({ id: name.replace(/\.sql$/, ''), name })),
  );
  const read = texts.map((text) => cut(text, sections));
  return {
    path: listing.path,
    format,
    tool: sections.tool,
    command: sections.command,
    migrations: read.filter((each): each is Migration => 'sql' in each),
    orphans: [],
    findings: [
      ...findings,
      ...read.filter((each): each is Finding => 'code' in each),
      ...findUnnumbered(listing),
    ],
  };
}

/** SQL that the tool passes over in silence. */
export function findUnnumbered({ files, path }: Listing): readonly Finding[] {
  return files
    .filter((name) => /\.sql$/i.test(name) && !numbered.test(name))
    .map((name) => makeFinding('migration-not-numbered', { file: displayPath(join(path, name)) }));
}

function cut({ id, file, checksum, text }: NamedText, sections: Sections): Migration | Finding {
  const up = text.search(sections.up);
  const down = text.search(sections.down);
  if (up < 0 && sections.markRequired) {
    const data = { file: displayPath(file), tool: sections.tool };
    return makeFinding('migration-section-missing', data, { migration: id });
  }
  // The way down may stand first; without a mark for the way up the tools that allow that run the whole file.
  const way = (of: 'up' | 'down', from: number, to: number) => ({
    file,
    checksum,
    sql: `${text.slice(0, from).replaceAll(/[^\n]+/g, '')}${text.slice(from, to)}`,
    rule: sections.withoutTransaction?.[of].test(text) === true ? sections.ruleWithout : sections.rule,
  });
  const end = text.length;
  return {
    id,
    ...way('up', Math.max(up, 0), up >= 0 && down > up ? down : end),
    ...(down < 0 ? {} : { down: way('down', down, up > down ? up : end) }),
  };
}
