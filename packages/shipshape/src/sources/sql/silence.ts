// What a file of SQL says of the machine that it was written on, and is therefore never compared.
import type { Silence } from '../../catalog/index.ts';

const environment = 'roles belong to the environment: a dump names those of the server that it was made on';

export const silences: readonly Silence[] = [
  { address: 'owner', aspect: 'existence', because: environment },
  { address: 'owner', aspect: 'role', because: environment },
  { address: 'privilege', aspect: 'existence', because: environment },
  { address: 'privilege', aspect: 'rights', because: environment },
];
