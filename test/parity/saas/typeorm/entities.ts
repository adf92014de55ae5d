import 'reflect-metadata';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

enum Role {
  Owner = 'owner',
  Admin = 'admin',
  Member = 'member',
}

abstract class WithUuid {
  @Column('uuid', { primary: true, default: () => 'gen_random_uuid()' })
  id: string;
}

@Entity('teams')
@Index('teams_name_live_idx', ['name'], { unique: true, where: 'deleted_at IS NULL' })
export class Team extends WithUuid {
  @Column({ length: 100 })
  name: string;

  @Column({ type: 'enum', enum: ['free', 'team', 'enterprise'], enumName: 'plan', default: 'free' })
  plan: string;

  @Column('smallint', { default: 3 })
  seats: number;

  @Column('jsonb', { default: {} })
  settings: object;

  @Column('text', { array: true, default: [] })
  domains: string[];

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt: Date | null;
}

@Entity('accounts')
export class Account extends WithUuid {
  @Column('text', { unique: true })
  email: string;

  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  @Column('char', { length: 2, default: 'en' })
  locale: string;

  @Column({ name: 'last_seen_at', type: 'timestamp', nullable: true })
  lastSeenAt: Date | null;
}

@Entity('members')
export class Member {
  @PrimaryColumn('uuid', { name: 'team_id' })
  teamId: string;

  @PrimaryColumn('uuid', { name: 'account_id' })
  @Index()
  accountId: string;

  @ManyToOne(() => Team, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'team_id' })
  team: Team;

  @ManyToOne(() => Account, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id' })
  account: Account;

  @Column({ type: 'enum', enum: Role, enumName: 'member_role', default: Role.Member })
  role: Role;

  @Column({ type: 'enum', enum: Role, enumName: 'member_role', array: true, nullable: true })
  scopes: Role[] | null;

  @Column('date', { name: 'joined_on', default: () => 'CURRENT_DATE' })
  joinedOn: string;
}

@Entity('audit_events')
@Index('audit_events_team_id_at_idx', { synchronize: false })
export class AuditEvent {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string;

  @ManyToOne(() => Team, { nullable: false })
  @JoinColumn({ name: 'team_id' })
  team: Team;

  @Column({ length: 40 })
  kind: string;

  @Column('jsonb', { nullable: true })
  detail: object | null;

  @Column('bytea', { nullable: true })
  payload: Buffer | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  at: Date;
}
