exports.up = async (transaction) => {
  await transaction.schema.alterTable('users', (table) => table.text('email'));
  // Another connection of the same pool, while the transaction above is open.
  const knex = require('knex')({ client: 'pg', connection: process.env.DATABASE_URL });
  try {
    await knex.raw("CREATE TYPE mood AS ENUM ('sad', 'glad')");
  } finally {
    await knex.destroy();
  }
};
exports.down = (knex) => knex.raw('DROP TYPE mood');
