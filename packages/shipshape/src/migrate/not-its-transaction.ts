// notItsTransaction: the fault of a file that has ended the transaction which it was run in.
import { DatabaseError } from '../postgres/database-error.ts';

export function notItsTransaction(): DatabaseError {
  return new DatabaseError('the transaction at its end is not the one it began in', { sqlstate: '25P01' });
}
