// How Shipshape speaks, under one name for the rooms above.
export * from './adjust-severities.ts';
export * from './code.ts';
export type { InTheWay } from './codes/repair.ts';
export * from './codes.ts';
export * from './coverage.ts';
export * from './disagreement.ts';
export * from './finding.ts';
export * from './shipshape-error.ts';
