// One thing of a catalog as SQL, under one name for the rooms above.
export * from './naming.ts';
export * from './render-column.ts';
export * from './render-constraint.ts';
export * from './render-index.ts';
