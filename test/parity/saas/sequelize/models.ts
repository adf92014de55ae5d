import { DataTypes, Sequelize } from 'sequelize';

export const sequelize = new Sequelize({
  dialect: 'postgres',
  logging: false,
  define: { timestamps: false, underscored: true },
});

const { literal } = Sequelize;
const uuid = { type: DataTypes.UUID, primaryKey: true, defaultValue: literal('gen_random_uuid()') };
const now = { type: DataTypes.DATE, allowNull: false, defaultValue: literal('now()') };

export const Team = sequelize.define(
  'team',
  {
    id: { ...uuid },
    name: { type: DataTypes.STRING(100), allowNull: false },
    plan: { type: DataTypes.ENUM('free', 'team', 'enterprise'), allowNull: false, defaultValue: 'free' },
    seats: { type: DataTypes.SMALLINT, allowNull: false, defaultValue: 3 },
    settings: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
    domains: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false, defaultValue: [] },
    createdAt: { ...now },
    deletedAt: DataTypes.DATE,
  },
  {
    indexes: [{ name: 'teams_name_live_idx', unique: true, fields: ['name'], where: { deletedAt: null } }],
  },
);

export const Account = sequelize.define('account', {
  id: { ...uuid },
  email: { type: DataTypes.TEXT, allowNull: false, unique: true },
  passwordHash: DataTypes.TEXT,
  locale: { type: DataTypes.CHAR(2), allowNull: false, defaultValue: 'en' },
  lastSeenAt: 'TIMESTAMP',
});

export const Member = sequelize.define(
  'member',
  {
    teamId: { type: DataTypes.UUID, primaryKey: true },
    accountId: { type: DataTypes.UUID, primaryKey: true },
    role: { type: DataTypes.ENUM('owner', 'admin', 'member'), allowNull: false, defaultValue: 'member' },
    scopes: 'member_role[]',
    joinedOn: { type: DataTypes.DATEONLY, allowNull: false, defaultValue: literal('CURRENT_DATE') },
  },
  { indexes: [{ fields: ['account_id'] }] },
);

export const AuditEvent = sequelize.define(
  'audit_event',
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    kind: { type: DataTypes.STRING(40), allowNull: false },
    detail: DataTypes.JSONB,
    payload: DataTypes.BLOB,
    at: { ...now },
  },
  { indexes: [{ fields: ['team_id', { name: 'at', order: 'DESC' }] }] },
);

Member.belongsTo(Team, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' });
Member.belongsTo(Account, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' });
AuditEvent.belongsTo(Team, { foreignKey: { name: 'teamId', allowNull: false }, onUpdate: 'NO ACTION' });
