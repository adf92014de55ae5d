import { DataTypes, Model, Sequelize } from 'sequelize';

export const sequelize = new Sequelize({
  dialect: 'postgres',
  logging: false,
  define: { timestamps: false, freezeTableName: true },
});

export class Student extends Model {}
Student.init(
  {
    fullName: { type: DataTypes.TEXT, allowNull: false },
    enrolledAt: {
      type: 'TIMESTAMP(3)',
      allowNull: false,
      defaultValue: Sequelize.literal('CURRENT_TIMESTAMP'),
    },
  },
  { sequelize },
);
Student.belongsTo(Student, { as: 'mentor' });

export class Course extends Model {}
Course.init(
  {
    code: { type: DataTypes.STRING(10), allowNull: false, unique: true },
    title: { type: DataTypes.TEXT, allowNull: false },
    day: { type: DataTypes.ENUM('mon', 'tue', 'wed', 'thu', 'fri'), allowNull: false, defaultValue: 'mon' },
  },
  { sequelize },
);

export class Enrolment extends Model {}
Enrolment.init({ grade: DataTypes.SMALLINT }, { sequelize });
Student.belongsToMany(Course, { through: Enrolment, foreignKey: 'studentId', otherKey: 'courseId' });
Course.belongsToMany(Student, { through: Enrolment, foreignKey: 'courseId', otherKey: 'studentId' });

export class Teacher extends Model {}
Teacher.init({ email: { type: DataTypes.STRING, allowNull: false, unique: true } }, { sequelize });

const pairs = sequelize.define(
  '_CourseToTeacher',
  {},
  { indexes: [{ name: '_CourseToTeacher_B_index', fields: ['B'] }] },
);
Course.belongsToMany(Teacher, { through: pairs, foreignKey: 'A', otherKey: 'B' });
Teacher.belongsToMany(Course, { through: pairs, foreignKey: 'B', otherKey: 'A' });
