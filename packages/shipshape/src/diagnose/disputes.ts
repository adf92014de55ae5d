// diagnoseDisputes: where two sources of one app say two things of one.
import { renderAddress } from '../catalog/index.ts';
import type { Dispute, Said } from '../compare/merge-declarations.ts';
import { typeCompatibility } from '../need/type-compatibility.ts';
import { type Finding, makeFinding, type Severity } from '../report/index.ts';

/** `dispute.first` is the one that the rest is judged by. */
export function diagnoseDisputes(disputes: readonly Dispute[]): readonly Finding[] {
  return disputes.map((dispute) => {
    const { address, aspect, first, second } = dispute;
    const data = {
      subject: renderAddress(address),
      aspect,
      first: sayingOf(first),
      second: sayingOf(second),
    };
    return makeFinding('sources-disagree', data, {
      address,
      aspect,
      severity: graveOf(dispute),
      verdict: 'forgotten',
      ...(first.text === null ? {} : { declared: first.text }),
      ...(second.text === null ? {} : { found: second.text }),
      ...(first.origin === null ? {} : { origin: first.origin }),
    });
  });
}

/** A type that one of them cannot work with is an error; what both can live with is only told. */
function graveOf({ aspect, first, second }: Dispute): Severity {
  if (aspect !== 'type' || first.text === null || second.text === null) return 'warning';
  const outcomes = [
    typeCompatibility(first.text, second.text).outcome,
    typeCompatibility(second.text, first.text).outcome,
  ];
  if (outcomes.includes('broken')) return 'error';
  return outcomes.every((outcome) => outcome === 'fine') ? 'note' : 'warning';
}

function sayingOf({ source, text, origin }: Said) {
  return { source, text, at: origin === null ? null : `${origin.file}:${origin.line}` };
}
