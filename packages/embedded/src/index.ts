// What shipshape-embedded offers: a throwaway server, a project's kept database, and one kind of error.
export { EmbeddedError, type EmbeddedErrorCode } from './embedded-error.ts';
export { findKeptServer, joinKeptServer, type KeptDatabase, type KeptServer } from './kept.ts';
export { type ScratchServer, startScratchServer } from './scratch.ts';
