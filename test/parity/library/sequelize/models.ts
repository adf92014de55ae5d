import { DataTypes, Sequelize } from 'sequelize';

export const sequelize = new Sequelize({
  dialect: 'postgres',
  logging: false,
  define: { timestamps: false, underscored: true },
});

const identity = (type: typeof DataTypes.SMALLINT | typeof DataTypes.INTEGER | typeof DataTypes.BIGINT) => ({
  type,
  primaryKey: true,
  autoIncrement: true,
  autoIncrementIdentity: true,
});

export const Branch = sequelize.define('branch', {
  id: identity(DataTypes.SMALLINT),
  name: { type: DataTypes.STRING(80), allowNull: false },
  opens: { type: DataTypes.TIME, allowNull: false, defaultValue: '09:00' },
  closes: { type: DataTypes.TIME, allowNull: false, defaultValue: '18:00' },
  position: 'POINT',
});

export const Book = sequelize.define('book', {
  id: identity(DataTypes.INTEGER),
  isbn: { type: DataTypes.CHAR(13), allowNull: false, unique: true },
  title: { type: DataTypes.TEXT, allowNull: false },
  pages: DataTypes.INTEGER,
  priceCents: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  priceEuros: DataTypes.DECIMAL(10, 2),
  titleLower: DataTypes.TEXT,
});

export const Reader = sequelize.define('reader', {
  id: identity(DataTypes.BIGINT),
  card: { type: DataTypes.STRING(16), allowNull: false, unique: true },
  born: DataTypes.DATEONLY,
  fee: { type: DataTypes.DOUBLE, allowNull: false, defaultValue: 0 },
  active: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
});

export const Loan = sequelize.define(
  'loan',
  {
    id: identity(DataTypes.BIGINT),
    takenAt: { type: 'TIMESTAMP', allowNull: false, defaultValue: Sequelize.literal('now()') },
    dueOn: { type: DataTypes.DATEONLY, allowNull: false },
    returnedAt: 'TIMESTAMP',
  },
  { indexes: [{ fields: ['reader_id'] }] },
);

Loan.belongsTo(Book, {
  foreignKey: { name: 'bookId', allowNull: false },
  onDelete: 'NO ACTION',
  onUpdate: 'NO ACTION',
});
Loan.belongsTo(Reader, { foreignKey: { name: 'readerId', allowNull: false }, onDelete: 'CASCADE' });
Loan.belongsTo(Branch, { foreignKey: 'branchId', onUpdate: 'NO ACTION' });
