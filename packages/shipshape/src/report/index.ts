// How Shipshape speaks, under one name for the rooms above.
export * from './code.ts';
export * from './codes.ts';
export * from './disagreement.ts';
export * from './finding.ts';
export * from './shipshape-error.ts';
