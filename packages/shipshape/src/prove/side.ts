// Side: one of two states that are held against each other, and where it comes from.
import type { Catalog, Origin, Provenance, Silence, Source } from '../catalog/index.ts';
import type { ReplayCommand } from '../migrate/command/replay-command.ts';
import type { FolderFormat } from '../migrate/folder.ts';
import type { Target } from '../postgres/target.ts';
import type { NotCompared } from '../report/index.ts';

/** Where a side is read from. */
export type SideOrder =
  /** Models, or files of SQL. */
  | { readonly kind: 'models' | 'sql'; readonly source: Source; readonly label: string }
  | {
      readonly kind: 'migrations';
      readonly folder: string;
      readonly format?: FolderFormat | 'auto';
      /** The team's own command that applies them. */
      readonly replay?: ReplayCommand | undefined;
      readonly label: string;
    }
  | { readonly kind: 'database'; readonly target: Target }
  | { readonly kind: 'snapshot'; readonly file: string; readonly label: string };

export interface Side {
  /** `models`, `database`: what it is called in a row. */
  readonly kind: SideOrder['kind'];
  /** What it is in particular; never with a password. */
  readonly label: string;
  readonly catalog: Catalog;
  /** Of the server that printed it; null where nobody knows. */
  readonly major: number | null;
  readonly silence: readonly Silence[];
  readonly origin: Readonly<Record<string, Origin>>;
  readonly provenance: Provenance;
  /** Schemas whose names people leave out. */
  readonly searchPath: readonly string[];
  readonly notCompared: readonly NotCompared[];
}
