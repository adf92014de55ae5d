const { Migration } = require('@mikro-orm/migrations');

exports.Migration20240105090000 = class extends Migration {
  up() {
    this.addSql('CREATE TABLE users (id serial PRIMARY KEY);');
  }
};
