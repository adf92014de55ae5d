module.exports = {
  up: (queryInterface, Sequelize) =>
    queryInterface.createTable('users', { id: { type: Sequelize.INTEGER, primaryKey: true } }),
  down: (queryInterface) => queryInterface.dropTable('users'),
};
