// The kept truth, under one name for the rooms above.
export * from './make-snapshot.ts';
export * from './parse-snapshot.ts';
export * from './read-snapshot.ts';
export * from './render-snapshot.ts';
export * from './seals.ts';
export * from './snapshot.ts';
export * from './staleness.ts';
