import { defineEntity, p } from '@mikro-orm/core';

const stamp = () => p.datetime().length(3);

export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.integer().primary(),
    email: p.string().unique(),
    name: p.text().nullable(),
    isAdmin: p.boolean().default(false),
    createdAt: stamp().defaultRaw('now()'),
  },
});

export const Post = defineEntity({
  name: 'Post',
  tableName: 'posts',
  properties: {
    id: p.integer().primary(),
    author: () => p.manyToOne(User).deleteRule('cascade').updateRule('no action'),
    slug: p.string().length(120).unique(),
    title: p.string().length(200),
    body: p.text().default(''),
    publishedAt: stamp().nullable(),
    views: p.integer().default(0),
    tags: () =>
      p
        .manyToMany(Tag)
        .pivotTable('post_tags')
        .joinColumn('post_id')
        .inverseJoinColumn('tag_id')
        .deleteRule('cascade')
        .updateRule('no action'),
  },
  indexes: [{ properties: ['author', 'publishedAt'] }],
});

export const Comment = defineEntity({
  name: 'Comment',
  tableName: 'comments',
  properties: {
    id: p.integer().primary(),
    post: () => p.manyToOne(Post).deleteRule('cascade').updateRule('no action').index(),
    parent: () => p.manyToOne(Comment).nullable().deleteRule('cascade').updateRule('no action'),
    author: () => p.manyToOne(User).nullable().deleteRule('set null').updateRule('no action'),
    body: p.text(),
  },
});

export const Tag = defineEntity({
  name: 'Tag',
  tableName: 'tags',
  properties: {
    id: p.integer().primary(),
    name: p.string().length(64).unique(),
  },
});
