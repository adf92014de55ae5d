import { defineConfig, EntityCaseNamingStrategy } from '@mikro-orm/postgresql';
import * as entities from './entities.ts';

export const config = defineConfig({
  dbName: 'parity',
  user: 'nobody',
  namingStrategy: EntityCaseNamingStrategy,
  entities: Object.values(entities),
});
