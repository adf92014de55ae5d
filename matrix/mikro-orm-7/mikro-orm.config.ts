import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { defineConfig } from '@mikro-orm/postgresql';
import { Account, Address, Event, Membership, OpenAccount, Tally, Team } from './src/entities';
import { Note } from './src/note.entity';

export const config = defineConfig({
  dbName: 'seven',
  user: 'nobody',
  metadataProvider: ReflectMetadataProvider,
  entities: [Account, Address, Event, Membership, Note, OpenAccount, Tally, Team],
});
