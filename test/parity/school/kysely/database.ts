// As prisma-kysely writes it.
import type { ColumnType } from 'kysely';

export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U>
    ? ColumnType<S, I | undefined, U>
    : ColumnType<T, T | undefined, T>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export const Weekday = {
  mon: 'mon',
  tue: 'tue',
  wed: 'wed',
  thu: 'thu',
  fri: 'fri',
} as const;
export type Weekday = (typeof Weekday)[keyof typeof Weekday];
export type Course = {
  id: Generated<number>;
  code: string;
  title: string;
  day: Generated<Weekday>;
};
export type CourseToTeacher = {
  A: number;
  B: number;
};
export type Enrolment = {
  studentId: number;
  courseId: number;
  grade: number | null;
};
export type Student = {
  id: Generated<number>;
  fullName: string;
  mentorId: number | null;
  enrolledAt: Generated<Timestamp>;
};
export type Teacher = {
  id: Generated<number>;
  email: string;
};
export type DB = {
  _CourseToTeacher: CourseToTeacher;
  Course: Course;
  Enrolment: Enrolment;
  Student: Student;
  Teacher: Teacher;
};
