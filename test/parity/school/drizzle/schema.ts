import { relations, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  serial,
  smallint,
  text,
  timestamp,
  varchar,
} from 'drizzle-orm/pg-core';

export const weekday = pgEnum('Weekday', ['mon', 'tue', 'wed', 'thu', 'fri']);

export const students = pgTable('Student', {
  id: serial().primaryKey(),
  fullName: text().notNull(),
  mentorId: integer().references((): AnyPgColumn => students.id, {
    onDelete: 'set null',
    onUpdate: 'cascade',
  }),
  enrolledAt: timestamp({ precision: 3 }).notNull().default(sql`CURRENT_TIMESTAMP`),
});

export const courses = pgTable('Course', {
  id: serial().primaryKey(),
  code: varchar({ length: 10 }).notNull().unique('Course_code_key'),
  title: text().notNull(),
  day: weekday().notNull().default('mon'),
});

const cascade = { onDelete: 'cascade', onUpdate: 'cascade' } as const;

export const enrolments = pgTable(
  'Enrolment',
  {
    studentId: integer()
      .notNull()
      .references(() => students.id, cascade),
    courseId: integer()
      .notNull()
      .references(() => courses.id, cascade),
    grade: smallint(),
  },
  (table) => [primaryKey({ columns: [table.studentId, table.courseId] })],
);

export const teachers = pgTable('Teacher', {
  id: serial().primaryKey(),
  email: varchar({ length: 255 }).notNull().unique('Teacher_email_key'),
});

export const coursesToTeachers = pgTable(
  '_CourseToTeacher',
  {
    A: integer()
      .notNull()
      .references(() => courses.id, cascade),
    B: integer()
      .notNull()
      .references(() => teachers.id, cascade),
  },
  (table) => [primaryKey({ columns: [table.A, table.B] }), index('_CourseToTeacher_B_index').on(table.B)],
);

export const courseRelations = relations(courses, ({ many }) => ({ teachers: many(coursesToTeachers) }));
