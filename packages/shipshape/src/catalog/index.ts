// The nouns, under one name for the rooms above.
export * from './address.ts';
export * from './catalog.ts';
export * from './constraint.ts';
export * from './declaration.ts';
export * from './enum.ts';
export * from './fingerprint.ts';
export * from './identifier.ts';
export * from './index-of-table.ts';
export * from './migration-id.ts';
export * from './table.ts';
export * from './type-name.ts';
export * from './verdict.ts';
