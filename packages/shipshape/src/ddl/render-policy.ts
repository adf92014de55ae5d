// renderPolicy: the statement that creates a policy of row security.
import { type Policy, quoteIdentifier } from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';
import { renderRole } from './render-remark.ts';

export function renderPolicy(policy: Policy, naming: Naming): string {
  const { schema, table, name, command, permissive, roles, using, withCheck } = policy;
  return [
    `CREATE POLICY ${quoteIdentifier(name)} ON ${renderName(schema, table, naming)}`,
    permissive ? '' : 'AS RESTRICTIVE',
    command === 'all' ? '' : `FOR ${command.toUpperCase()}`,
    roles.length === 1 && roles[0] === 'PUBLIC' ? '' : `TO ${roles.map(renderRole).join(', ')}`,
    using === null ? '' : `USING (${using})`,
    withCheck === null ? '' : `WITH CHECK (${withCheck})`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
