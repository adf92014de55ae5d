module.exports.First1704445200000 = class {
  name = 'First1704445200000';
  async up(queryRunner) {
    await queryRunner.query('CREATE TABLE users (id serial PRIMARY KEY, email text)');
  }
  async down(queryRunner) {
    await queryRunner.query('DROP TABLE users');
  }
};
