-- A school: many-to-many with and without columns of its own, a table that refers to itself, names in camel case.
CREATE TYPE "Weekday" AS ENUM ('mon', 'tue', 'wed', 'thu', 'fri');

CREATE TABLE "Student" (
  "id" serial PRIMARY KEY,
  "fullName" text NOT NULL,
  "mentorId" integer,
  "enrolledAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "Student_mentorId_fkey" FOREIGN KEY ("mentorId") REFERENCES "Student" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

CREATE TABLE "Course" (
  "id" serial PRIMARY KEY,
  "code" varchar(10) NOT NULL,
  "title" text NOT NULL,
  "day" "Weekday" NOT NULL DEFAULT 'mon',
  CONSTRAINT "Course_code_key" UNIQUE ("code")
);

CREATE TABLE "Enrolment" (
  "studentId" integer NOT NULL,
  "courseId" integer NOT NULL,
  "grade" smallint,
  CONSTRAINT "Enrolment_pkey" PRIMARY KEY ("studentId", "courseId"),
  CONSTRAINT "Enrolment_studentId_fkey" FOREIGN KEY ("studentId") REFERENCES "Student" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "Enrolment_courseId_fkey" FOREIGN KEY ("courseId") REFERENCES "Course" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "Teacher" (
  "id" serial PRIMARY KEY,
  "email" varchar(255) NOT NULL,
  CONSTRAINT "Teacher_email_key" UNIQUE ("email")
);

CREATE TABLE "_CourseToTeacher" (
  "A" integer NOT NULL,
  "B" integer NOT NULL,
  CONSTRAINT "_CourseToTeacher_AB_pkey" PRIMARY KEY ("A", "B"),
  CONSTRAINT "_CourseToTeacher_A_fkey" FOREIGN KEY ("A") REFERENCES "Course" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "_CourseToTeacher_B_fkey" FOREIGN KEY ("B") REFERENCES "Teacher" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "_CourseToTeacher_B_index" ON "_CourseToTeacher" ("B");
