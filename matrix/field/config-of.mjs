// configOf: the options of MikroORM for one module of Medusa, as the module's own development configuration makes them.
import utils from '@medusajs/framework/utils';

export async function configOf(name, rest = {}) {
  const models = await import(`@medusajs/${name}/dist/models/index.js`);
  return utils.defineMikroOrmCliConfig(name, { entities: Object.values(models.default), ...rest });
}
