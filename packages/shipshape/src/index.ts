// What an application imports: the gate, the migrator for a database of its own, and how their answers are told.
export type { Declaration, Origin, Silence, Source, Verdict } from './catalog/index.ts';
export { combineSources } from './compare/combine-sources.ts';
export { type MigrateOptions, migrateDatabase } from './deploy/migrate.ts';
export { renderEvent } from './deploy/render-event.ts';
export { type GateOptions, gate } from './gate/gate.ts';
export type { Judgement } from './gate/judgement.ts';
export { GateRefusal } from './gate/refusal.ts';
export { parseTarget } from './postgres/parse-target.ts';
export { type ExitCode, type Finding, ShipshapeError } from './report/index.ts';
export { renderFailure, renderStart } from './report/render/start.ts';
