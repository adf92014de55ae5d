import { DataTypes, Sequelize } from 'sequelize';

export const sequelize = new Sequelize({
  dialect: 'postgres',
  logging: false,
  define: { timestamps: false, underscored: true },
});

const { fn, col, literal } = Sequelize;
const identity = { primaryKey: true, autoIncrement: true, autoIncrementIdentity: true };
const money = (precision: number) => ({ type: DataTypes.DECIMAL(precision, 2), allowNull: false });

export const Customer = sequelize.define(
  'customer',
  {
    id: { type: DataTypes.INTEGER, ...identity },
    email: { type: DataTypes.TEXT, allowNull: false },
    country: { type: DataTypes.CHAR(2), allowNull: false },
    marketing: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
  },
  { indexes: [{ name: 'customers_email_lower_idx', unique: true, fields: [fn('lower', col('email'))] }] },
);

export const Product = sequelize.define(
  'product',
  {
    id: { type: DataTypes.INTEGER, ...identity },
    sku: { type: DataTypes.STRING(32), allowNull: false, unique: true },
    name: { type: DataTypes.STRING(200), allowNull: false },
    price: money(10),
    weight: DataTypes.REAL,
    attributes: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
    discontinued: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
  },
  {
    indexes: [
      { name: 'products_attributes_idx', fields: ['attributes'], using: 'gin' },
      { name: 'products_on_sale_idx', fields: ['name'], where: literal('NOT discontinued') as never },
    ],
  },
);

export const Order = sequelize.define(
  'order',
  {
    id: { type: DataTypes.BIGINT, ...identity },
    placedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('now()') },
    note: DataTypes.TEXT,
  },
  { indexes: [{ fields: ['customer_id'] }] },
);
const required = (name: string, onDelete: string) => ({
  foreignKey: { name, allowNull: false },
  onDelete,
  onUpdate: 'NO ACTION',
});
Order.belongsTo(Customer, required('customerId', 'RESTRICT'));

export const OrderLine = sequelize.define('order_line', {
  orderId: {
    type: DataTypes.BIGINT,
    primaryKey: true,
    references: { model: Order, key: 'id' },
    onDelete: 'CASCADE',
  },
  productId: { type: DataTypes.INTEGER, primaryKey: true, references: { model: Product, key: 'id' } },
  quantity: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 1 },
  unitPrice: money(10),
});

export const Invoice = sequelize.define(
  'invoice',
  {
    id: { type: DataTypes.INTEGER, ...identity },
    orderId: {
      type: DataTypes.BIGINT,
      allowNull: false,
      references: { model: { tableName: 'orders', schema: 'public' }, key: 'id' },
    },
    number: { type: DataTypes.STRING(20), allowNull: false, unique: true },
    state: { type: DataTypes.ENUM('open', 'paid', 'refunded'), allowNull: false, defaultValue: 'open' },
    total: money(12),
    issuedOn: { type: DataTypes.DATEONLY, allowNull: false },
  },
  { schema: 'billing', indexes: [{ fields: ['state'], where: { state: 'open' } }] },
);
