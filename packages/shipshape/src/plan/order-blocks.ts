// orderBlocks: blocks in an order in which what is mentioned is there.
import type { Block, QualifiedName } from './block.ts';
import { mentionedNames } from './mentioned-names.ts';

/**
 * The order given is kept as far as nothing speaks against it: a block is moved only in front of one that mentions what it
 * makes. Where two mention each other (which PostgreSQL allows only by later changes), the order given decides.
 */
export function orderBlocks(blocks: readonly Block[]): readonly Block[] {
  const makers = group(blocks, ({ makes }) => makes);
  const keys = group(blocks, ({ keyOf }) => (keyOf === undefined ? [] : [keyOf]));
  const ordered = new Set<Block>();
  const visited = new Set<Block>();
  const visit = (block: Block) => {
    if (visited.has(block)) return;
    visited.add(block);
    for (const before of blocksBefore(block, makers, keys)) visit(before);
    ordered.add(block);
  };
  for (const block of blocks) visit(block);
  return [...ordered];
}

type ByName = ReadonlyMap<string, readonly Block[]>;

function blocksBefore(block: Block, makers: ByName, keys: ByName): readonly Block[] {
  const { statements, mentions = statements.join('\n'), afterKeys = [] } = block;
  const own = new Set(block.makes.map(keyOf));
  const notOwn = (name: QualifiedName): boolean => !own.has(keyOf(name));
  const named = mentionedNames(mentions).filter(notOwn);
  const keyed = afterKeys === 'mentioned' ? named : afterKeys.filter(notOwn);
  return [
    ...named.flatMap((name) => makers.get(keyOf(name)) ?? []),
    ...keyed.flatMap((name) => keys.get(keyOf(name)) ?? []).filter((key) => !restsOn(key, own)),
  ];
}

/** A key over an expression that calls a function is not what the function waits for. */
function restsOn({ statements }: Block, own: ReadonlySet<string>): boolean {
  return mentionedNames(statements.join('\n')).some((name) => own.has(keyOf(name)));
}

function group(blocks: readonly Block[], namesOf: (block: Block) => readonly QualifiedName[]): ByName {
  const byName = new Map<string, Block[]>();
  for (const block of blocks)
    for (const name of namesOf(block)) {
      const others = byName.get(keyOf(name));
      if (others === undefined) byName.set(keyOf(name), [block]);
      else others.push(block);
    }
  return byName;
}

const keyOf = ([schema, name]: QualifiedName): string => `${schema}\0${name}`;
