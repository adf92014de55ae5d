// defineModels: an instance of Sequelize with the models of files that leave the instance to others.
import type { Options } from 'sequelize';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { Exported } from './exported.ts';
import { type ImportBeside, loadDecorated, loadOrm, type Model, type Sequelize } from './orm.ts';

/**
 * Does what `models/index.js` of sequelize-cli does, and `new Sequelize({ models })` of sequelize-typescript; nothing is
 * connected. Throws ShipshapeError (`orm-not-found`, `orm-not-supported`, `models-unreadable`).
 */
export async function defineModels(
  { loose, makers }: Exported,
  options: Options,
  where: string,
  importBeside: ImportBeside,
  shown: (file: string) => string,
): Promise<Sequelize> {
  const orm = await loadOrm(where, importBeside);
  const Decorated = loose.some(isDecorated) ? await loadDecorated(importBeside) : null;
  const Constructor = Decorated ?? orm.Sequelize;
  const sequelize = attempt('the Sequelize of the models', where, () => {
    return new Constructor({ ...options, dialect: 'postgres', logging: false });
  });
  for (const { name, file, make } of makers)
    attempt(`what ${name} makes`, file === null ? where : shown(file), () => make(sequelize, orm.DataTypes));
  const decorated = loose.filter((model) => isDecorated(model) && !isInitialised(model));
  const names = decorated.map(({ name }) => name).join(', ');
  if (decorated.length > 0) attempt(`model ${names}`, where, () => addModels(sequelize, decorated));
  assertAllKnown(loose, where);
  const made = sequelize.models as unknown as Readonly<Record<string, Associated>>;
  // Those of decorated classes are theirs already, and have no `associate`.
  for (const model of Object.values(made))
    attempt(`associate of ${model.name}`, where, () => model.associate?.(made));
  return sequelize;
}

type Associated = Model & { associate?(models: unknown): void };

/** What `addModels` of sequelize-typescript asks: `@Table` is there, be it inherited. */
function isDecorated(model: Model): boolean {
  const { getMetadata } = Reflect as { getMetadata?: (key: string, target: object) => unknown };
  return getMetadata?.('sequelize:options', model.prototype as object) !== undefined;
}

function isInitialised(model: Model): boolean {
  return (model.sequelize as unknown) !== undefined;
}

function addModels(sequelize: Sequelize, models: readonly Model[]): void {
  (sequelize as unknown as { addModels(models: readonly Model[]): void }).addModels([...models]);
}

/** A class that nothing initialises would be a table that nobody declares, unless others are derived from it. */
function assertAllKnown(loose: readonly Model[], where: string): void {
  const isBase = (model: Model): boolean =>
    loose.some((other) => other !== model && (other.prototype as unknown) instanceof (model as never));
  for (const model of loose)
    attempt(`model ${model.name}`, where, () => {
      if (!isInitialised(model) && !isBase(model))
        throw new Error('nothing here initialises it: name the module that exports the Sequelize instance');
    });
}

function attempt<Value>(part: string, at: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ShipshapeError([makeFinding('models-unreadable', { part, at, message })], { cause: error });
  }
}
