import { DataTypes, Sequelize } from 'sequelize';

export const sequelize = new Sequelize({
  dialect: 'postgres',
  logging: false,
  define: { timestamps: false, underscored: true },
});

const { literal } = Sequelize;
const stamp = 'TIMESTAMP(3) WITH TIME ZONE';

export const User = sequelize.define(
  'user',
  {
    email: { type: DataTypes.STRING, allowNull: false, unique: true },
    name: DataTypes.TEXT,
    isAdmin: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
    createdAt: { type: stamp, allowNull: false, defaultValue: literal('now()') },
  },
  { tableName: 'users' },
);

export const Post = sequelize.define(
  'post',
  {
    slug: { type: DataTypes.STRING(120), allowNull: false, unique: true },
    title: { type: DataTypes.STRING(200), allowNull: false },
    body: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
    publishedAt: stamp,
    views: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  },
  { tableName: 'posts', indexes: [{ fields: ['authorId', 'publishedAt'] }] },
);

export const Comment = sequelize.define(
  'comment',
  { body: { type: DataTypes.TEXT, allowNull: false } },
  { tableName: 'comments', indexes: [{ fields: ['post_id'] }] },
);

export const Tag = sequelize.define(
  'tag',
  { name: { type: DataTypes.STRING(64), allowNull: false, unique: true } },
  { tableName: 'tags' },
);

const cascade = { onDelete: 'CASCADE', onUpdate: 'NO ACTION' };
const required = (name: string) => ({ foreignKey: { name, allowNull: false }, ...cascade });

Post.belongsTo(User, { as: 'author', ...required('authorId') });
Comment.belongsTo(Post, required('postId'));
Comment.belongsTo(Comment, { as: 'parent', foreignKey: 'parentId', ...cascade });
Comment.belongsTo(User, {
  as: 'author',
  foreignKey: 'authorId',
  onDelete: 'SET NULL',
  onUpdate: 'NO ACTION',
});
Post.belongsToMany(Tag, { through: 'post_tags', ...cascade });
Tag.belongsToMany(Post, { through: 'post_tags', ...cascade });
