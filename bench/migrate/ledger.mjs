// The ledger of those that keep a row a file and nothing else: psql and the bare Node.

export const ledger = `CREATE SCHEMA bare; CREATE TABLE bare.ledger (id text PRIMARY KEY, checksum text NOT NULL,
  started_at timestamptz NOT NULL, finished_at timestamptz NOT NULL, runner text NOT NULL);\n`;

/** @param {string} name of the file */
export const rowOf = (name) =>
  `INSERT INTO bare.ledger VALUES ('${name}', 'sha256:0123456789', transaction_timestamp(), clock_timestamp(), 'bare');`;
