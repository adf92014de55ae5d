// The places in the code that may say what an entity declares.
import type { EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { Site } from './told.ts';

/** The class or schema; of a join table the property that asks for it, of a closure table the tree. */
export function sitesOfEntity(metadata: EntityMetadata, all: readonly EntityMetadata[]): readonly Site[] {
  const { parentClosureEntityMetadata: tree, tableType } = metadata;
  if (tableType === 'closure-junction' && tree !== undefined) return [siteOf(tree.target, [])];
  if (tableType === 'junction') {
    const relation = all
      .flatMap(({ ownRelations }) => ownRelations)
      .find(({ isOwning, junctionEntityMetadata }) => isOwning && junctionEntityMetadata === metadata);
    if (relation !== undefined)
      return [
        siteOf(relation.target, [relation.propertyName]),
        siteOf(relation.entityMetadata.target, relation.propertyPath.split('.')),
      ];
  }
  return [siteOf(metadata.target === '' ? metadata.name : metadata.target, [])];
}

/** The property, in the class that declares it: extended, embedded, a child of single-table inheritance, mixed in. */
export function sitesOfColumn(column: ColumnMetadata, entity: readonly Site[]): readonly Site[] {
  const { embeddedMetadata: embedded, relationMetadata: relation, isVirtual, target, propertyName } = column;
  const made = isVirtual && relation !== undefined ? relation : null;
  const path = (made ?? column).propertyPath.split('.');
  const name = made === null ? propertyName : made.propertyName;
  return [
    ...(embedded === undefined ? [] : [siteOf(embedded.type, [name])]),
    ...(embedded === undefined ? [siteOf(made === null ? target : made.target, [name])] : []),
    ...entity.filter(({ property }) => property.length === 0).map((site) => ({ ...site, property: path })),
    ...entity,
  ];
}

function siteOf(target: unknown, property: readonly string[]): Site {
  return { target, property };
}
