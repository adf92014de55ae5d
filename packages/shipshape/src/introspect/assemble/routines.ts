// Rows of routines, triggers and policies to their nouns.
import {
  type Policy,
  quoteLiteral,
  quoteQualified,
  type Routine,
  type Trigger,
} from '../../catalog/index.ts';
import type { AggregateRow, PolicyRow, RoutineRow, TriggerRow } from '../queries/routines.ts';
import type { Names } from './names.ts';

const forms = { f: 'function', p: 'procedure', w: 'window function', a: 'aggregate' } as const;

/** `aggregate`: the other half of an aggregate's row. */
export function assembleRoutine(row: RoutineRow, aggregate: AggregateRow | undefined): Routine {
  const { schema, name, returns } = row;
  return {
    kind: 'routine',
    schema,
    name,
    arguments: row.arguments,
    form: forms[row.form],
    returns,
    definition: row.definition ?? (aggregate === undefined ? '' : renderAggregate(row, aggregate)),
  };
}

const modifying = { r: 'READ_ONLY', s: 'SHAREABLE', w: 'READ_WRITE' } as const;
const parallel = { s: 'SAFE', r: 'RESTRICTED', u: null } as const;

/** PostgreSQL prints none itself: the statement as CREATE AGGREGATE of the manual has it, with what is not usual. */
function renderAggregate({ schema, name }: RoutineRow, row: AggregateRow): string {
  const usual = row.kind === 'n' ? 'r' : 'w';
  const options: readonly (readonly [string, string | number | null])[] = [
    ['SFUNC', row.step],
    ['STYPE', row.state],
    ['SSPACE', row.space || null],
    ['FINALFUNC', row.final],
    ['FINALFUNC_EXTRA', row.finalExtra ? '' : null],
    ['FINALFUNC_MODIFY', row.finalModify === usual ? null : modifying[row.finalModify]],
    ['COMBINEFUNC', row.combine],
    ['SERIALFUNC', row.serial],
    ['DESERIALFUNC', row.deserial],
    ['INITCOND', row.initial === null ? null : quoteLiteral(row.initial)],
    ['MSFUNC', row.movingStep],
    ['MINVFUNC', row.movingInverse],
    ['MSTYPE', row.movingState],
    ['MSSPACE', row.movingSpace || null],
    ['MFINALFUNC', row.movingFinal],
    ['MFINALFUNC_EXTRA', row.movingFinalExtra ? '' : null],
    ['MFINALFUNC_MODIFY', row.movingFinalModify === usual ? null : modifying[row.movingFinalModify]],
    ['MINITCOND', row.movingInitial === null ? null : quoteLiteral(row.movingInitial)],
    ['SORTOP', row.sortOperator],
    ['PARALLEL', parallel[row.parallel]],
    ['HYPOTHETICAL', row.kind === 'h' ? '' : null],
  ];
  const lines = options.flatMap(([word, value]) =>
    value === null ? [] : [value === '' ? `\n  ${word}` : `\n  ${word} = ${value}`],
  );
  return `CREATE AGGREGATE ${quoteQualified(schema, name)}(${row.takes || '*'}) (${lines.join(',')}\n)`;
}

const enabling = { O: 'origin', R: 'replica', A: 'always', D: 'never' } as const;

export function assembleTrigger(row: TriggerRow, names: Names): Trigger {
  const table = names.relation(row.table);
  const { name, definition } = row;
  return {
    kind: 'trigger',
    schema: table.schema,
    table: table.name,
    name,
    definition,
    enabled: enabling[row.enabled],
  };
}

const commands = { '*': 'all', r: 'select', a: 'insert', w: 'update', d: 'delete' } as const;

export function assemblePolicy(row: PolicyRow, names: Names): Policy {
  const table = names.relation(row.table);
  const { name, permissive, roles, using, withCheck } = row;
  return {
    kind: 'policy',
    schema: table.schema,
    table: table.name,
    name,
    command: commands[row.command],
    permissive,
    roles: [...roles].sort(),
    using,
    withCheck,
  };
}
