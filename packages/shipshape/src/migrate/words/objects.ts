// Making, renaming and dropping of objects in words.
import type { IndexStmt, Node, RenameStmt } from 'libpg-query';
import { type Change, quoteIdentifier, quoteLiteral, quoteQualified } from '../../catalog/index.ts';
import type { ByKind } from '../../postgres/statement.ts';
import { describeAlterTable } from './alter-table.ts';
import { kindWord, kindWords } from './kinds.ts';
import { namesIn, spellNames, spellObject, spellRelation, spellType, textOf } from './spell.ts';

export const objects: ByKind<readonly Change[]> = {
  AlterTableStmt: describeAlterTable,
  CreateStmt: ({ relation, tableElts, if_not_exists }) => {
    const columns = (tableElts ?? []).filter((each) => 'ColumnDef' in each).length;
    const size = columns === 0 ? '' : ` with ${columns} ${columns === 1 ? 'column' : 'columns'}`;
    return [create('table', spellRelation(relation), relation?.relname, if_not_exists, size)];
  },
  CreateTableAsStmt: ({ into, objtype, if_not_exists }) => [
    create(kindWord(objtype ?? 'OBJECT_TABLE'), spellRelation(into?.rel), into?.rel?.relname, if_not_exists),
  ],
  IndexStmt: (statement) => [
    create(
      statement.unique === true ? 'unique index' : 'index',
      statement.idxname === undefined ? '' : quoteIdentifier(statement.idxname),
      statement.idxname,
      statement.if_not_exists,
      `${statement.idxname === undefined ? '' : ' '}on ${spellRelation(statement.relation)} (${indexKeys(statement)})${statement.whereClause === undefined ? '' : ', partial'}`,
    ),
  ],
  CreateSeqStmt: ({ sequence, if_not_exists }) => [
    create('sequence', spellRelation(sequence), sequence?.relname, if_not_exists),
  ],
  CreateSchemaStmt: ({ schemaname, if_not_exists }) => [
    create('schema', quoteIdentifier(schemaname ?? ''), schemaname, if_not_exists),
  ],
  CreateExtensionStmt: ({ extname, if_not_exists }) => [
    create('extension', quoteIdentifier(extname ?? ''), extname, if_not_exists),
  ],
  CreateEnumStmt: ({ typeName, vals }) => [
    { verb: 'create', what: `enum ${spellNames(typeName)} (${namesIn(vals).join(', ')})` },
  ],
  CreateDomainStmt: ({ domainname, typeName }) => [
    { verb: 'create', what: `domain ${spellNames(domainname)} ${spellType(typeName)}` },
  ],
  CompositeTypeStmt: ({ typevar }) => [{ verb: 'create', what: `type ${spellRelation(typevar)}` }],
  ViewStmt: ({ view, replace }) => [
    { verb: replace === true ? 'replace' : 'create', what: `view ${spellRelation(view)}` },
  ],
  CreateFunctionStmt: ({ funcname, replace, is_procedure }) => [
    {
      verb: replace === true ? 'replace' : 'create',
      what: `${is_procedure === true ? 'procedure' : 'function'} ${spellNames(funcname)}`,
    },
  ],
  CreateTrigStmt: ({ trigname, relation, replace }) => [
    {
      verb: replace === true ? 'replace' : 'create',
      what: `trigger ${quoteIdentifier(trigname ?? '')} on ${spellRelation(relation)}`,
    },
  ],
  CreatePolicyStmt: ({ policy_name, table }) => [
    { verb: 'create', what: `policy ${quoteIdentifier(policy_name ?? '')} on ${spellRelation(table)}` },
  ],
  AlterEnumStmt: ({ typeName, oldVal, newVal, skipIfNewValExists }) => {
    const type = `enum ${spellNames(typeName)}`;
    if (oldVal !== undefined)
      return [
        { verb: 'rename', what: `${quoteLiteral(oldVal)} of ${type} to ${quoteLiteral(newVal ?? '')}` },
      ];
    const label = quoteLiteral(newVal ?? '');
    const tolerates =
      skipIfNewValExists === true
        ? { tolerates: { state: 'there', name: newVal ?? '', subject: `${label} of ${type}` } as const }
        : {};
    return [{ verb: 'add', what: `${label} to ${type}`, ...tolerates }];
  },
  AlterSeqStmt: ({ sequence }) => [{ verb: 'change', what: `sequence ${spellRelation(sequence)}` }],
  AlterObjectSchemaStmt: ({ objectType, relation, object, newschema }) => [
    {
      verb: 'move',
      what: `${kindWords(objectType)}${relation === undefined ? spellObject(object) : spellRelation(relation)} to schema ${quoteIdentifier(newschema ?? '')}`,
    },
  ],
  RenameStmt: (statement) => [{ verb: 'rename', what: renamed(statement) }],
  DropStmt: ({ removeType, objects: dropped, missing_ok }) => {
    const kind = removeType ?? 'OBJECT_TABLE';
    return (dropped ?? []).map((object) => {
      const what = `${kindWord(kind)} ${spellDropped(object, onTable.has(kind))}`;
      const name = lastName(object);
      return {
        verb: 'drop',
        what,
        ...(missing_ok === true && name !== undefined
          ? { tolerates: { state: 'gone', name, subject: what } as const }
          : {}),
      };
    });
  },
  CommentStmt: ({ objtype, object }) => [
    { verb: 'comment on', what: `${kindWords(objtype)}${spellObject(object)}` },
  ],
};

/** Kinds whose DROP names the table first: `DROP TRIGGER t ON call_log`. */
const onTable = new Set(['OBJECT_TRIGGER', 'OBJECT_POLICY', 'OBJECT_RULE']);

function create(
  kind: string,
  spelled: string,
  name: string | undefined,
  tolerant: boolean | undefined,
  rest = '',
): Change {
  const subject = `${kind} ${spelled}`;
  const tolerates =
    tolerant === true && name !== undefined ? { tolerates: { state: 'there', name, subject } as const } : {};
  return { verb: 'create', what: `${subject}${rest}`, ...tolerates };
}

function indexKeys({ indexParams }: IndexStmt): string {
  return (indexParams ?? [])
    .map((node) => {
      if (!('IndexElem' in node)) return '';
      const { name, ordering } = node.IndexElem;
      return `${name === undefined ? 'an expression' : quoteIdentifier(name)}${ordering === 'SORTBY_DESC' ? ' desc' : ''}`;
    })
    .join(', ');
}

function renamed({ renameType, relationType, relation, object, subname, newname }: RenameStmt): string {
  const name = quoteIdentifier(newname ?? '');
  if (renameType === 'OBJECT_COLUMN')
    return `${spellRelation(relation)}.${quoteIdentifier(subname ?? '')} to ${name}`;
  if (subname !== undefined && relation !== undefined)
    return `${kindWords(renameType)}${quoteIdentifier(subname)} of ${spellRelation(relation)} to ${name}`;
  const kind = kindWords(renameType === undefined ? relationType : renameType);
  if (subname !== undefined) return `${kind}${quoteIdentifier(subname)} to ${name}`;
  return `${kind}${relation === undefined ? spellObject(object) : spellRelation(relation)} to ${name}`;
}

function spellDropped(object: Node, tableFirst: boolean): string {
  if (!tableFirst || !('List' in object)) return spellObject(object);
  const names = namesIn(object.List.items);
  return `${quoteIdentifier(names.at(-1) ?? '')} on ${quoteQualified(...names.slice(0, -1))}`;
}

function lastName(object: Node): string | undefined {
  if ('List' in object) return namesIn(object.List.items).at(-1);
  if ('TypeName' in object) return namesIn(object.TypeName.names).at(-1);
  if ('ObjectWithArgs' in object) return namesIn(object.ObjectWithArgs.objname).at(-1);
  return textOf(object);
}
