exports.up = async (transaction) => {
  await transaction.schema.alterTable('users', (table) => table.text('email'));
  const knex = require('knex')({ client: 'pg', connection: process.env.DATABASE_URL });
  process.stdout.write('filling the new column\n');
  // Waits for the lock of the transaction above, which waits for this.
  await knex('users').update({ id: 0 });
  await knex.destroy();
};
exports.down = () => Promise.resolve();
