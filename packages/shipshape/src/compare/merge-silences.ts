// mergeSilences: what two sources together cannot say: only what neither says of a thing.
import {
  type Address,
  addressOf,
  type CatalogObject,
  isPartKind,
  type Kind,
  kinds,
  renderAddressKey,
  type Silence,
} from '../catalog/index.ts';
import { makeSilences, silentIn } from './silence.ts';

interface Side {
  readonly silence: readonly Silence[];
  /** What this side alone declares. */
  readonly alone: readonly CatalogObject[];
}

/**
 * A silence about a kind of parts is narrowed to the tables that only its source declares, and holds there for what nobody
 * declares as well; what both declare is silent only where both are. `together`: what both declare.
 */
export function mergeSilences(
  left: Side,
  right: Side,
  together: readonly CatalogObject[],
): readonly Silence[] {
  const quiet = [makeSilences(left.silence), makeSilences(right.silence)] as const;
  const both = left.silence.filter(
    ({ address, aspect }) => isKind(address) && quiet[1].coversKind(address, aspect),
  );
  const ofTables = [left, right].flatMap((side, at) =>
    narrow(side, (kind, aspect) => quiet[at === 0 ? 1 : 0].coversKind(kind, aspect)),
  );
  const known = makeSilences([...both, ...ofTables]);
  const ofThings: Silence[] = [];
  const aspects = [...new Set([...left.silence, ...right.silence].map(({ aspect }) => aspect))];
  const tell = (object: CatalogObject, reasonOf: (address: Address, aspect: string) => string | null) => {
    const address = addressOf(object);
    for (const aspect of aspects) {
      if (known.covers([address], aspect)) continue;
      const because = reasonOf(address, aspect);
      if (because !== null) ofThings.push({ address: renderAddressKey(address), aspect, because });
    }
  };
  for (const object of left.alone) tell(object, quiet[0].reasonOf);
  for (const object of right.alone) tell(object, quiet[1].reasonOf);
  for (const object of together)
    tell(object, (address, aspect) =>
      quiet[1].covers([address], aspect) ? quiet[0].reasonOf(address, aspect) : null,
    );
  return [...both, ...ofTables, ...ofThings];
}

/** What the side cannot say of a kind, in each table or view that it alone declares. */
function narrow(
  { silence, alone }: Side,
  alsoOfTheOther: (kind: Kind, aspect: string) => boolean,
): readonly Silence[] {
  const holders = alone
    .filter(({ kind }) => kind === 'table' || kind === 'view' || kind === 'materialized view')
    .map((object) => renderAddressKey(addressOf(object)));
  return silence.flatMap(({ address, aspect, because }) => {
    if (isKind(address)) {
      if (alsoOfTheOther(address, aspect)) return [];
      // What neither declares may be of the one that cannot say it.
      if (!isPartKind(address))
        return ['existence', 'unexpected'].includes(aspect)
          ? [{ address, aspect: 'unexpected', because }]
          : [];
      return holders.map((holder) => ({ address: silentIn(address, holder), aspect, because }));
    }
    return holders.some((holder) => address.endsWith(` in ${holder}`)) ? [{ address, aspect, because }] : [];
  });
}

function isKind(text: string): text is Kind {
  return kinds.some((kind) => kind === text);
}
