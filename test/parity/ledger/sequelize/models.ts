import { DataTypes, Model, Sequelize } from 'sequelize';

export const sequelize = new Sequelize({
  dialect: 'postgres',
  logging: false,
  define: { timestamps: false },
});

export class Tenant extends Model {}
Tenant.init(
  {
    code: { type: DataTypes.STRING(12), primaryKey: true },
    name: { type: DataTypes.TEXT, allowNull: false },
    currency: { type: DataTypes.CHAR(3), allowNull: false, defaultValue: 'EUR' },
  },
  { sequelize, tableName: 'tenants' },
);

const tenant = {
  type: DataTypes.STRING(12),
  primaryKey: true,
  references: { model: Tenant, key: 'code' },
};

export class Account extends Model {}
Account.init(
  {
    tenant: { ...tenant, unique: 'name_in_tenant' },
    number: { type: DataTypes.INTEGER, primaryKey: true },
    name: { type: DataTypes.TEXT, allowNull: false, unique: 'name_in_tenant' },
    parent: DataTypes.INTEGER,
    closed: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
  },
  { sequelize, tableName: 'accounts' },
);

export class Booking extends Model {}
Booking.init(
  {
    tenant: { ...tenant },
    id: { type: DataTypes.BIGINT, primaryKey: true },
    bookedOn: { type: DataTypes.DATEONLY, allowNull: false, field: 'booked_on' },
    text: DataTypes.STRING(500),
    createdAt: {
      type: DataTypes.DATE,
      allowNull: false,
      field: 'created_at',
      defaultValue: Sequelize.fn('now'),
    },
  },
  {
    sequelize,
    tableName: 'bookings',
    indexes: [{ name: 'bookings_tenant_booked_on_idx', fields: ['tenant', 'booked_on'] }],
  },
);

export class BookingLine extends Model {}
BookingLine.init(
  {
    tenant: { type: DataTypes.STRING(12), primaryKey: true },
    bookingId: { type: DataTypes.BIGINT, primaryKey: true, field: 'booking_id' },
    position: { type: DataTypes.SMALLINT, primaryKey: true },
    account: { type: DataTypes.INTEGER, allowNull: false },
    amount: { type: DataTypes.DECIMAL(18, 4), allowNull: false },
  },
  {
    sequelize,
    tableName: 'booking_lines',
    indexes: [{ name: 'booking_lines_account_idx', fields: ['tenant', 'account'] }],
  },
);
