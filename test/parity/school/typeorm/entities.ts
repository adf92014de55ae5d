import 'reflect-metadata';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity('Student')
export class Student {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('text')
  fullName: string;

  @ManyToOne(() => Student, { onDelete: 'SET NULL', onUpdate: 'CASCADE' })
  @JoinColumn({ name: 'mentorId' })
  mentor: Student | null;

  @Column({ precision: 3, default: () => 'CURRENT_TIMESTAMP' })
  enrolledAt: Date;
}

@Entity('Course')
export class Course {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ length: 10, unique: true })
  code: string;

  @Column('text')
  title: string;

  @Column({ type: 'enum', enum: ['mon', 'tue', 'wed', 'thu', 'fri'], enumName: 'Weekday', default: 'mon' })
  day: string;
}

@Entity('Enrolment')
export class Enrolment {
  @PrimaryColumn()
  studentId: number;

  @PrimaryColumn()
  courseId: number;

  @ManyToOne(() => Student, { onDelete: 'CASCADE', onUpdate: 'CASCADE' })
  student: Student;

  @ManyToOne(() => Course, { onDelete: 'CASCADE', onUpdate: 'CASCADE' })
  course: Course;

  @Column('smallint', { nullable: true })
  grade: number | null;
}

@Entity('Teacher')
export class Teacher {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ length: 255, unique: true })
  email: string;
}

@Entity('_CourseToTeacher')
export class CourseToTeacher {
  @PrimaryColumn({ name: 'A' })
  courseId: number;

  @Index('_CourseToTeacher_B_index')
  @PrimaryColumn({ name: 'B' })
  teacherId: number;

  @ManyToOne(() => Course, { onDelete: 'CASCADE', onUpdate: 'CASCADE' })
  @JoinColumn({ name: 'A' })
  course: Course;

  @ManyToOne(() => Teacher, { onDelete: 'CASCADE', onUpdate: 'CASCADE' })
  @JoinColumn({ name: 'B' })
  teacher: Teacher;
}
