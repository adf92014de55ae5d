import { defineConfig } from '@mikro-orm/postgresql';
import * as entities from './entities.ts';

export const config = defineConfig({ dbName: 'parity', user: 'nobody', entities: Object.values(entities) });
