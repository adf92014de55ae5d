// The entities of @boxyhq/saml-jackson for PostgreSQL.
import 'reflect-metadata';
import index from '@boxyhq/saml-jackson/dist/db/sql/entity/JacksonIndex.js';
import entities from '@boxyhq/saml-jackson/dist/db/sql/entity/JacksonStore.js';
import ttl from '@boxyhq/saml-jackson/dist/db/sql/entity/JacksonTTL.js';
import { DataSource } from 'typeorm';

export const source = new DataSource({
  type: 'postgres',
  entities: [entities.JacksonStore, index.JacksonIndex, ttl.JacksonTTL],
});
