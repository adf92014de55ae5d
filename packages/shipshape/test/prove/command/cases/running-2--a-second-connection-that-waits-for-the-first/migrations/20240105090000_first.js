exports.up = (knex) => knex.schema.createTable('users', (table) => table.increments());
exports.down = (knex) => knex.schema.dropTable('users');
// Knex puts all migrations into one transaction unless one of them wants none.
exports.config = { transaction: false };
