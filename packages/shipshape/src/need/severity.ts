// severityOf: how grave each way of falling short is. The one table.
import type { Severity } from '../report/index.ts';
import type { ShortfallReason } from './shortfall.ts';

/**
 * An error is what makes a statement of the code fail for usual values; a warning is what makes one fail, or a value
 * come out wrong, for unusual ones.
 */
const severities: Readonly<Record<ShortfallReason, Severity>> = {
  'missing table': 'error',
  'outside search path': 'error',
  'no privilege': 'error',
  'missing column': 'error',
  'type broken': 'error',
  'type narrower': 'warning',
  'null where none is expected': 'warning',
  'null is refused': 'error',
  'explicit null is refused': 'warning',
  'value is refused': 'error',
  'nothing fills it': 'warning',
  'default differs': 'warning',
  'required column unknown': 'error',
  'missing unique key': 'error',
  // Duplicates are kept out, and whether the code has an ON CONFLICT is not known.
  'no arbiter': 'warning',
  'missing enum': 'error',
  'missing label': 'error',
};

export function severityOf(reason: ShortfallReason): Severity {
  return severities[reason];
}
