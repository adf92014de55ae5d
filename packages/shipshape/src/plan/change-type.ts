// changeType: the statements that give an enum, a domain, a composite or range type or a collation one aspect.
import {
  type Collation,
  type CompositeType,
  type Domain,
  type Enum,
  quoteIdentifier,
  quoteLiteral,
  type RangeType,
} from '../catalog/index.ts';
import { type Naming, renderAttribute, renderDomainCheck, renderName } from '../ddl/index.ts';
import { mentionedNames } from './mentioned-names.ts';
import { remake } from './remake.ts';
import type { Pair, Sides } from './sides.ts';

export function changeDomain(pair: Pair<Domain>, aspect: string, sides: Sides): readonly string[] {
  const { wanted, present } = pair;
  const name = renderName(wanted.schema, wanted.name, sides.naming);
  const alter = (what: string) => `ALTER DOMAIN ${name} ${what};`;
  switch (aspect) {
    case 'nullability':
      return [alter(wanted.nullable ? 'DROP NOT NULL' : 'SET NOT NULL')];
    case 'default':
      return [alter(wanted.default === null ? 'DROP DEFAULT' : `SET DEFAULT ${wanted.default}`)];
    case 'checks':
    case 'validity':
      return checkOtherwise(wanted, present).map(alter);
    default:
      return remakeType(pair, sides, `no domain takes another ${aspect}`);
  }
}

/** Names of checks are a matter of taste, but no two in one domain are alike. */
function checkOtherwise({ checks }: Domain, present: Domain): readonly string[] {
  type Check = Domain['checks'][number];
  const rest: Check[] = [...present.checks];
  const statements: string[] = [];
  const lacking: Check[] = [];
  for (const check of checks) {
    const at = rest.findIndex(
      ({ expression, validated }) => expression === check.expression && (check.validated || !validated),
    );
    const [same] = at === -1 ? [] : rest.splice(at, 1);
    if (same === undefined) lacking.push(check);
    else if (!same.validated && check.validated)
      statements.push(`VALIDATE CONSTRAINT ${quoteIdentifier(same.name)}`);
  }
  return [
    ...statements,
    ...rest.map(({ name }) => `DROP CONSTRAINT ${quoteIdentifier(name)}`),
    ...lacking.map((check) => `ADD ${renderDomainCheck(check)}`),
  ];
}

export function changeComposite(pair: Pair<CompositeType>, sides: Sides): readonly string[] {
  const { wanted, present } = pair;
  const name = renderName(wanted.schema, wanted.name, sides.naming);
  const names = new Set(wanted.attributes.map((each) => each.name));
  const there = new Map(present.attributes.map((each) => [each.name, each]));
  const gone = present.attributes.filter((each) => !names.has(each.name));
  const order = [
    ...present.attributes.filter((each) => names.has(each.name)),
    ...wanted.attributes.filter((each) => !there.has(each.name)),
  ];
  if (order.some((each, at) => each.name !== wanted.attributes[at]?.name))
    return remakeType(pair, sides, 'attributes cannot change places');
  const actions = [
    ...gone.map((each) => `DROP ATTRIBUTE ${quoteIdentifier(each.name)}`),
    ...wanted.attributes.flatMap((each) => {
      const other = there.get(each.name);
      if (other === undefined) return [`ADD ATTRIBUTE ${renderAttribute(each)}`];
      if (other.type === each.type && other.collation === each.collation) return [];
      const collate = each.collation === undefined ? '' : ` COLLATE ${each.collation}`;
      return [`ALTER ATTRIBUTE ${quoteIdentifier(each.name)} TYPE ${each.type}${collate}`];
    }),
  ];
  return [
    ...(gone.length === 0 ? [] : ['-- what stands in an attribute that is dropped is lost']),
    ...actions.map((action) => `ALTER TYPE ${name} ${action};`),
  ];
}

export function changeRange(pair: Pair<RangeType>, aspect: string, sides: Sides): readonly string[] {
  const { wanted, present } = pair;
  if (aspect === 'multirange') {
    const [[schema, name] = [], [own, otherName] = []] = [present, wanted].map(
      ({ multirange }) => mentionedNames(multirange)[0],
    );
    if (schema !== undefined && name !== undefined && schema === own && otherName !== undefined)
      return [
        `ALTER TYPE ${renderName(schema, name, sides.naming)} RENAME TO ${quoteIdentifier(otherName)};`,
      ];
  }
  if (wanted.canonical !== undefined || present.canonical !== undefined)
    return [
      '-- a range type and its canonical function rest on each other: drop the type with CASCADE when nothing else uses it,',
      '-- and make both again (CREATE TYPE …; CREATE FUNCTION …; CREATE TYPE … AS RANGE)',
    ];
  return remakeType(pair, sides, 'no range type can be altered');
}

export function changeCollation(pair: Pair<Collation>, sides: Sides): readonly string[] {
  return remakeType(pair, sides, 'no collation can be altered');
}

/** DROP refuses while a column is of the type. */
function remakeType(
  pair: Pair<Domain | CompositeType | RangeType | Collation>,
  sides: Sides,
  because: string,
): readonly string[] {
  return [
    ...remake(pair, sides, because),
    '-- where columns use it, DROP refuses: give those another type before, and this one again after',
  ];
}

/** One statement for each label that is not among `present`, each at its place. */
export function renderLabels(object: Enum, present: readonly string[], naming: Naming): readonly string[] {
  const name = renderName(object.schema, object.name, naming);
  const known = new Set(present);
  return object.labels.flatMap((label, at) => {
    if (known.has(label)) return [];
    const before = object.labels[at - 1];
    const after = object.labels.find((each) => known.has(each));
    const place =
      before !== undefined
        ? ` AFTER ${quoteLiteral(before)}`
        : after !== undefined
          ? ` BEFORE ${quoteLiteral(after)}`
          : '';
    return [
      `ALTER TYPE ${name} ADD VALUE ${naming.repeatable === true ? 'IF NOT EXISTS ' : ''}${quoteLiteral(label)}${place};`,
    ];
  });
}

export function changeEnum({ wanted, present }: Pair<Enum>, sides: Sides): readonly string[] {
  const name = renderName(wanted.schema, wanted.name, sides.naming);
  const surplus = present.labels.filter((label) => !wanted.labels.includes(label)).map(quoteLiteral);
  const kept = present.labels.filter((label) => wanted.labels.includes(label));
  const isMoved = wanted.labels
    .filter((label) => kept.includes(label))
    .some((label, at) => label !== kept[at]);
  const lacking = wanted.labels.filter((label) => !present.labels.includes(label)).map(quoteLiteral);
  const [only, other] = [lacking[0], surplus[0]];
  const renamed =
    lacking.length === 1 && surplus.length === 1 && only !== undefined && other !== undefined
      ? [`-- or, if ${other} is that label: ALTER TYPE ${name} RENAME VALUE ${other} TO ${only};`]
      : [];
  return [
    ...renderLabels(wanted, present.labels, sides.naming),
    ...renamed,
    ...(surplus.length === 0 && !isMoved
      ? []
      : [
          `-- PostgreSQL ${surplus.length > 0 ? `drops no label: ${surplus.join(', ')} ${surplus.length === 1 ? 'stays' : 'stay'}` : 'moves no label'}. Where that matters, make a new type, give it to the columns`,
          `-- (ALTER TABLE … ALTER COLUMN … TYPE … USING …::text::…), and drop ${name}`,
        ]),
  ];
}
