import type { Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Account } from './entities';

abstract class Stamped {
  @PrimaryKey()
  id!: number;

  @Property({ defaultRaw: 'now()' })
  writtenAt!: Date;
}

@Entity()
@Index({ properties: ['writtenAt'] })
export class Note extends Stamped {
  @ManyToOne({ entity: () => Account, nullable: true })
  author?: Rel<typeof Account>;

  @Property()
  text!: string;

  @Property()
  pinned: boolean = false;
}
