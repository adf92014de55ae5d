// Statement: one SQL statement of a file, as PostgreSQL's own parser cut it out.
import type { Node } from 'libpg-query';

export interface Statement {
  /** Without the semicolon, and without what stands before its first word. */
  readonly text: string;
  /** 1-based line of its first word in the file. */
  readonly line: number;
  readonly node: Node;
  /** Where it begins in the file, in bytes from 0: what locations in the node are counted with. */
  readonly start: number;
}

/** `AlterTableStmt`: the only key of a parse node. */
export type NodeKind = Node extends infer One ? (One extends unknown ? keyof One : never) : never;

export type BodyOf<Kind extends NodeKind> = Extract<Node, { readonly [key in Kind]: unknown }>[Kind];

/** Something told of each kind of statement that it is told of. */
export type ByKind<Told> = { readonly [Kind in NodeKind]?: (body: BodyOf<Kind>) => Told };

/** What the table tells of a node, or undefined when it is silent about that kind. */
export function tell<Told>(table: ByKind<Told>, node: Node): Told | undefined {
  const [kind, body] = Object.entries(node)[0] as [NodeKind, never];
  return (table[kind] as ((body: unknown) => Told) | undefined)?.(body);
}
