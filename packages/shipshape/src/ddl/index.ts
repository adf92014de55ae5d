// One thing of a catalog as SQL, under one name for the rooms above.
export * from './naming.ts';
export * from './render-collation.ts';
export * from './render-column.ts';
export * from './render-constraint.ts';
export * from './render-index.ts';
export * from './render-policy.ts';
export * from './render-remark.ts';
export * from './render-sequence.ts';
export * from './render-table.ts';
export * from './render-target.ts';
export * from './render-trigger.ts';
export * from './render-type.ts';
export * from './render-view.ts';
