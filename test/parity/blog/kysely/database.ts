import type { ColumnType, Generated } from 'kysely';

interface Keyed {
  id: Generated<number>;
}

export interface UserTable extends Keyed {
  email: string;
  name: string | null;
  is_admin: Generated<boolean>;
  created_at: ColumnType<Date, string | undefined, never>;
}

export interface PostTable extends Keyed {
  author_id: number;
  slug: string;
  title: string;
  body: Generated<string>;
  published_at: Date | null;
  views: Generated<number>;
}

export interface CommentTable extends Keyed {
  post_id: number;
  parent_id: number | null;
  author_id: number | null;
  body: string;
}

export type TagTable = Keyed & { name: string };

export interface Database {
  users: UserTable;
  posts: PostTable;
  comments: CommentTable;
  tags: TagTable;
  post_tags: { post_id: number; tag_id: number };
}
