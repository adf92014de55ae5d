// openFolder: a folder of migrations that are ours to apply, and the book that says which of them are.
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Book } from './book.ts';
import type { Folder } from './folder.ts';
import { ownBook } from './ledger.ts';
import { displayPath } from './place.ts';
import { type ReadFolderOptions, readFolder } from './read-folder.ts';

export interface OpenFolder extends Folder {
  readonly book: Book;
}

/** Throws what `readFolder` throws, and ShipshapeError `folder-of-another-tool` (exit 3). */
export async function openFolder(
  path: string,
  { format, ledgerTable }: ReadFolderOptions & { readonly ledgerTable?: string | null | undefined } = {},
): Promise<OpenFolder> {
  const folder = await readFolder(path, { format });
  if (folder.format === 'shipshape') return { ...folder, book: ownBook };
  const { makeForeignBook } = await import('./ledgers/foreign-book.ts');
  const book = await makeForeignBook(folder, ledgerTable ?? null);
  if (book !== null) return { ...folder, book };
  const data = { folder: displayPath(path), tool: folder.tool ?? 'plain SQL files', command: folder.command };
  throw new ShipshapeError([makeFinding('folder-of-another-tool', data)]);
}
