import { defineEntity, p } from '@mikro-orm/core';

export const Student = defineEntity({
  name: 'Student',
  tableName: 'Student',
  properties: {
    id: p.integer().primary(),
    fullName: p.text(),
    mentor: () => p.manyToOne(Student).nullable().fieldName('mentorId'),
    enrolledAt: p.datetime().columnType('timestamp(3)').defaultRaw('current_timestamp'),
  },
});

export const Course = defineEntity({
  name: 'Course',
  tableName: 'Course',
  properties: {
    id: p.integer().primary(),
    code: p.string().length(10).unique(),
    title: p.text(),
    day: p.enum(['mon', 'tue', 'wed', 'thu', 'fri']).nativeEnumName('Weekday').default('mon'),
    teachers: () => p.manyToMany(Teacher).pivotEntity(() => CourseToTeacher),
  },
});

export const Enrolment = defineEntity({
  name: 'Enrolment',
  tableName: 'Enrolment',
  properties: {
    student: () => p.manyToOne(Student).primary().fieldName('studentId').deleteRule('cascade'),
    course: () => p.manyToOne(Course).primary().fieldName('courseId').deleteRule('cascade'),
    grade: p.smallint().nullable(),
  },
});

export const Teacher = defineEntity({
  name: 'Teacher',
  tableName: 'Teacher',
  properties: {
    id: p.integer().primary(),
    email: p.string().unique(),
  },
});

export const CourseToTeacher = defineEntity({
  name: 'CourseToTeacher',
  tableName: '_CourseToTeacher',
  properties: {
    course: () => p.manyToOne(Course).primary().fieldName('A').deleteRule('cascade'),
    teacher: () => p.manyToOne(Teacher).primary().fieldName('B').deleteRule('cascade').index(),
  },
});
